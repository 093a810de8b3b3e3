import type { AudioPart, VideoPart } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { chevronDownIcon } from '../icons/window-icons.ts';
import { attachmentLink } from '../message/attachment-link.ts';
import { fileCard } from '../message/file-parts.ts';
import { isForeign } from '../message/safe-url.ts';
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
  return html`<figure class="media ${part.type}" part=${part.type}>
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
            <summary>${context.locale.strings.audioTranscript}${chevronDownIcon()}</summary>
            <p dir="auto">${part.transcript}</p>
          </details>`
        : nothing
    }
  </figure>`;
}
