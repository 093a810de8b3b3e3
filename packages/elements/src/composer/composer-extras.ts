import { css, html, type TemplateResult } from 'lit';
import { closeIcon } from '../icons/late-icons.ts';
import type { Formats } from '../internal/formats.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import type { Locale } from '../locales/locale.ts';
import type { ComposerUpload } from './composer.ts';

completeEnglish();

/** How much room is left in the field, or by how much it is too full. */
export function roomWords(room: number, locale: Locale): string {
  return room < 0
    ? locale.text('charactersOver', { count: -room })
    : locale.text('charactersLeft', { count: room });
}

/** Files on their way, each with a button that stops it. */
export function uploadList(
  uploads: readonly ComposerUpload[],
  { localized, formats }: { localized: Locale; formats: Formats },
  cancel: (id: string) => void,
): TemplateResult {
  return html`<ul class="uploads">
    ${uploads.map(
      ({ id, name, progress }) =>
        html`<li>
          <bdi>${localized.text('uploading', { name, percent: formats.percent(progress) })}</bdi
          ><button
            type="button"
            class="icon-button"
            aria-label=${localized.text('attachmentRemove', { name })}
            @click=${() => cancel(id)}
          >
            ${closeIcon()}
          </button>
        </li>`,
    )}
  </ul>`;
}

/** Looks of the above, and of a field that files are held over. */
export const extraStyles = css`
  .hint {
    margin: 0 var(--_space-2) var(--_space-2);
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .hint.over {
    color: var(--_danger);
  }
  :host(:state(drop)) .field {
    border-color: var(--_link);
    border-style: dashed;
    background: var(--_soft);
  }
  .uploads {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    margin: 0 0 var(--_space-2);
    padding: 0;
    list-style: none;
  }
  .uploads li {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    max-inline-size: 100%;
    padding-inline-start: var(--_space-3);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_surface);
    font-size: var(--_text-s);
  }
  .uploads bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .uploads .icon-button {
    inline-size: 36px;
    block-size: 36px;
  }
`;
