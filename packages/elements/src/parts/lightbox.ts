import { html, render } from 'lit';
import { closeIcon, downloadIcon } from '../icons/late-icons.ts';
import type { Locale } from '../locales/locale.ts';

/** A picture over everything, with its words: larger by a press, `+` or Enter, smaller again, away by Escape. */
export function openLightbox(root: ShadowRoot, url: string, alt: string, { strings }: Locale): void {
  root.querySelector('.lightbox')?.remove();
  const box = document.createElement('dialog');
  box.className = 'lightbox';
  box.setAttribute('aria-label', alt);
  const zoom = (large = !box.hasAttribute('data-large')): void => {
    box.toggleAttribute('data-large', large);
    box.querySelector('.zoom')!.setAttribute('aria-pressed', String(large));
  };
  render(
    html`<div class="bar">
        <a
          class="icon-button"
          href=${url}
          target="_blank"
          rel="noopener noreferrer"
          aria-label=${strings.imageSeparately}
          >${downloadIcon()}</a
        >
        <button type="button" class="icon-button" aria-label=${strings.close} @click=${() => box.close()}>
          ${closeIcon()}
        </button>
      </div>
      <div class="frame">
        <button
          type="button"
          class="zoom"
          aria-label=${strings.imageZoom}
          aria-pressed="false"
          @click=${() => zoom()}
        >
          <img src=${url} alt=${alt} />
        </button>
      </div>
      <p dir="auto">${alt}</p>`,
    box,
  );
  box.addEventListener('keydown', ({ key }) => {
    if (key === '+' || key === '=') zoom(true);
    if (key === '-') zoom(false);
  });
  // The ground beside the picture closes it, as everybody tries.
  box.addEventListener('click', ({ target }) => {
    if (target === box || (target as Element).classList.contains('frame')) box.close();
  });
  box.addEventListener('close', () => box.remove());
  root.append(box);
  box.showModal();
  box.querySelector<HTMLElement>('.zoom')!.focus();
}
