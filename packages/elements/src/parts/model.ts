import type { Model3dPart } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { cubeIcon, downloadIcon, externalLinkIcon } from '../icons/late-icons.ts';
import { isForeign, safeUrl } from '../message/safe-url.ts';
import { linkRow } from './link-row.ts';
import { canShowModels, loadModelViewer, wearOwnStyles } from './model-viewer.ts';
import type { PartPlace } from './part-place.ts';

/** A viewer that has neither shown its model nor failed by then will not, in milliseconds. */
const patience = 60_000;

/**
 * A model in three dimensions: its description, a download, and, where the page has a viewer, a button that shows it, in AR too. Nothing is
 * fetched before that is pressed. What cannot be shown says so, and the download stays.
 */
export function model3d({ url, alt }: Model3dPart, { context }: PartPlace): TemplateResult {
  const { strings } = context.locale;
  const safe = safeUrl(url, 'link');
  const web = safe && /^https?:/.test(safe) ? safe : undefined;
  const press = ({ currentTarget }: Event): void => {
    const button = currentTarget as HTMLButtonElement;
    const figure = button.closest<HTMLElement>('.model')!;
    button.disabled = true;
    figure.classList.add('coming');
    show(figure, web!, alt)
      .then(
        () => button.remove(),
        () => {
          button.querySelector('small')!.textContent = strings.modelFailed;
          button.disabled = false;
        },
      )
      .finally(() => figure.classList.remove('coming'));
  };
  return html`<figure class="model" part="model">
    <figcaption class="words" dir="auto">${alt}</figcaption>
    <div class="ways">
      ${
        web && canShowModels()
          ? html`<button type="button" class="way" @click=${press}>
              <span>${strings.modelShow} <small role="status"></small></span>${cubeIcon()}
            </button>`
          : nothing
      }
      ${web ? linkRow(web, strings.modelDownload, isForeign(web) ? externalLinkIcon() : downloadIcon()) : nothing}
    </div>
  </figure>`;
}

/** Puts a viewer above the words; resolves when the model is seen. */
async function show(figure: HTMLElement, src: string, alt: string): Promise<void> {
  await loadModelViewer();
  const viewer = document.createElement('model-viewer');
  // As attributes: they hold whether or not the viewer is defined yet.
  for (const [name, value] of Object.entries({ src, alt, 'camera-controls': '', ar: '', loading: 'eager' }))
    viewer.setAttribute(name, value);
  const seen = outcome(viewer);
  figure.prepend(viewer);
  wearOwnStyles(viewer);
  try {
    await seen;
  } catch (error) {
    viewer.remove();
    throw error;
  }
}

function outcome(viewer: HTMLElement): Promise<void> {
  return new Promise((resolve, reject) => {
    viewer.addEventListener('load', () => resolve(), { once: true });
    viewer.addEventListener('error', () => reject(new Error('The model could not be shown.')), {
      once: true,
    });
    setTimeout(() => reject(new Error('The model was not shown in time.')), patience);
  });
}
