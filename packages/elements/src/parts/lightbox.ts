import { html, nothing, render } from 'lit';
import { chevronEndIcon, closeIcon, downloadIcon } from '../icons/late-icons.ts';
import type { Locale } from '../locales/locale.ts';
import { wear } from '../message/lazy-renderers.ts';
import type { Picture } from '../message/row-context.ts';
import { partStyles } from './parts.styles.ts';

/** A finger that goes this far sideways turns to another picture, in CSS pixels. */
const swipe = 48;

/**
 * A picture over everything, with its words: larger by a press, `+` or Enter, smaller again, away by Escape. The transcript's other pictures
 * are beside it: by buttons, arrow keys and swipes.
 */
export function openLightbox(
  root: ShadowRoot,
  pictures: readonly Picture[],
  index: number,
  locale: Locale,
): void {
  // A transcript whose only parts of this kind are pictures has not been given their looks.
  wear(root, partStyles);
  root.querySelector('.lightbox')?.remove();
  const lightbox = new Lightbox(pictures, index, locale);
  root.append(lightbox.box);
  lightbox.box.showModal();
  lightbox.box.querySelector<HTMLElement>('.zoom')!.focus();
}

class Lightbox {
  readonly box = document.createElement('dialog');
  readonly #pictures: readonly Picture[];
  readonly #locale: Locale;
  #index: number;
  #url: string | undefined;
  #from: number | undefined;

  constructor(pictures: readonly Picture[], index: number, locale: Locale) {
    this.#pictures = pictures;
    this.#index = index;
    this.#locale = locale;
    const { box } = this;
    box.className = 'lightbox';
    box.addEventListener('keydown', this.#pressed);
    // The ground beside the picture closes it, as everybody tries.
    box.addEventListener('click', ({ target }) => {
      if (target === box || (target as Element).classList.contains('frame')) box.close();
    });
    box.addEventListener('pointerdown', ({ pointerType, clientX }) => {
      this.#from = pointerType === 'touch' && !this.#large ? clientX : undefined;
    });
    box.addEventListener('pointerup', ({ clientX }) => this.#released(clientX));
    box.addEventListener('close', () => box.remove());
    void this.#show();
  }

  get #large(): boolean {
    return this.box.hasAttribute('data-large');
  }

  get #rtl(): boolean {
    return this.box.matches(':dir(rtl)');
  }

  async #show(): Promise<void> {
    const picture = this.#pictures[this.#index]!;
    this.#url = undefined;
    this.#draw();
    const url = await picture.address();
    if (picture !== this.#pictures[this.#index]) return;
    this.#url = url;
    this.#draw();
  }

  #draw(): void {
    const { strings } = this.#locale;
    const { alt } = this.#pictures[this.#index]!;
    const several = this.#pictures.length > 1;
    this.box.setAttribute('aria-label', alt);
    render(
      html`<div class="bar">
          ${several ? this.#turn(-1, strings.imageBefore) : nothing}${several ? this.#turn(1, strings.imageAfter) : nothing}<a
            class="icon-button"
            href=${this.#url ?? nothing}
            target="_blank"
            rel="noopener noreferrer"
            aria-label=${strings.imageSeparately}
            >${downloadIcon()}</a
          >
          <button
            type="button"
            class="icon-button"
            aria-label=${strings.close}
            @click=${() => this.box.close()}
          >
            ${closeIcon()}
          </button>
        </div>
        <div class="frame">
          <button
            type="button"
            class="zoom"
            aria-label=${strings.imageZoom}
            aria-pressed=${this.#large}
            @click=${() => this.#zoom(!this.#large)}
          >
            <img src=${this.#url ?? nothing} alt=${alt} />
          </button>
        </div>
        <p role="status"><bdi>${alt}</bdi> ${several ? html`<small>${this.#place}</small>` : nothing}</p>`,
      this.box,
    );
  }

  get #place(): string {
    return this.#locale.text('searchCount', { index: this.#index + 1, count: this.#pictures.length });
  }

  #turn(by: 1 | -1, label: string): unknown {
    return html`<button
      type="button"
      class="icon-button ${by < 0 ? 'back' : ''}"
      aria-label=${label}
      @click=${() => this.#step(by)}
    >
      ${chevronEndIcon()}
    </button>`;
  }

  #step(by: number): void {
    const { length } = this.#pictures;
    if (length < 2) return;
    this.#index = (this.#index + by + length) % length;
    this.box.removeAttribute('data-large');
    void this.#show();
  }

  #zoom(large: boolean): void {
    this.box.toggleAttribute('data-large', large);
    this.#draw();
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const { key } = event;
    if (key === '+' || key === '=') this.#zoom(true);
    else if (key === '-') this.#zoom(false);
    // A picture that is larger than the view is scrolled by the arrows.
    else if (!this.#large && (key === 'ArrowLeft' || key === 'ArrowRight'))
      this.#step((key === 'ArrowRight') === this.#rtl ? -1 : 1);
    else return;
    event.preventDefault();
  };

  #released(clientX: number): void {
    const way = this.#from === undefined ? 0 : clientX - this.#from;
    this.#from = undefined;
    if (Math.abs(way) > swipe) this.#step(way < 0 === this.#rtl ? -1 : 1);
  }
}
