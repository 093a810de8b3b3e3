import type { AudioPart, Model3dPart, VideoPart } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { downloadIcon, externalLinkIcon } from '../icons/late-icons.ts';
import { attachmentLink } from '../message/attachment-link.ts';
import { fileCard } from '../message/file-parts.ts';
import { isForeign, safeUrl } from '../message/safe-url.ts';
import type { PartPlace } from './part-place.ts';

/** A recording or a film with the browser's own player. Nothing of it is fetched before it is played, and none from a foreign host. */
export function player(part: AudioPart | VideoPart, { context }: PartPlace): TemplateResult {
  const own =
    part.url && URL.canParse(part.url) && /^https?:/.test(part.url) && !isForeign(part.url)
      ? part.url
      : undefined;
  if (!part.attachmentId && !own) return fileCard(part, context);
  const source = part.attachmentId ? attachmentLink(part.attachmentId, context.resolveAttachment) : own;
  const label = part.type === 'video' ? (part.alt ?? part.name) : part.name;
  return html`<figure class="media" part=${part.type}>
    ${
      part.type === 'audio'
        ? html`<audio controls preload="none" src=${source} aria-label=${label}></audio>`
        : html`<video
            controls
            preload="none"
            playsinline
            width="320"
            height="180"
            src=${source}
            aria-label=${label}
          ></video>`
    }
    ${fileCard(part, context)}
    ${
      part.type === 'audio' && part.transcript
        ? html`<details>
            <summary>${context.locale.strings.audioTranscript}</summary>
            <p dir="auto">${part.transcript}</p>
          </details>`
        : nothing
    }
  </figure>`;
}

/**
 * A model in three dimensions. Where the page has registered `<model-viewer>` (`@google/model-viewer`, its own choice and weight), a button
 * shows the model in it, in AR too; else it is its description and a download. Nothing is fetched before the button is pressed.
 */
export function model3d({ url, alt }: Model3dPart, { context }: PartPlace): TemplateResult {
  const { strings } = context.locale;
  const safe = safeUrl(url, 'link');
  const web = safe && /^https?:/.test(safe) ? safe : undefined;
  const host = web && isForeign(web) ? new URL(web).host : '';
  const show = ({ currentTarget }: Event): void => {
    const viewer = Object.assign(document.createElement('model-viewer'), {
      src: web,
      alt,
      cameraControls: true,
      ar: true,
    });
    (currentTarget as HTMLElement).closest('.model')!.prepend(viewer);
    (currentTarget as HTMLElement).remove();
  };
  return html`<figure class="model" part="model">
    <figcaption dir="auto">${alt}</figcaption>
    ${
      web && customElements.get('model-viewer')
        ? html`<button type="button" class="button primary" @click=${show}>${strings.modelShow}</button>`
        : nothing
    }
    ${
      web
        ? html`<a class="button" href=${web} target="_blank" rel="noopener noreferrer nofollow"
            >${strings.modelDownload}${host ? html` <small>(<bdi>${host}</bdi>)</small>` : nothing}${host ? externalLinkIcon() : downloadIcon()}</a
          >`
        : nothing
    }
  </figure>`;
}
