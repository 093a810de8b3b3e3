import { css, html, type TemplateResult } from 'lit';
import { closeIcon } from '../icons/late-icons.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import type { Locale } from '../locales/locale.ts';
import type { ComposerCancelDetail, SahayComposer } from './composer.ts';

completeEnglish();

/** How much room is left in the field, or by how much it is too full. */
export function roomWords(room: number, locale: Locale): string {
  return room < 0
    ? locale.text('charactersOver', { count: -room })
    : locale.text('charactersLeft', { count: room });
}

/** Files on their way, each with a button that stops it. */
export function uploadList(composer: SahayComposer): TemplateResult {
  const { localized, formats } = composer;
  const cancel = (detail: ComposerCancelDetail): boolean =>
    composer.dispatchEvent(new CustomEvent('sahay-cancel-upload', { detail, bubbles: true, composed: true }));
  return html`<ul class="uploads">
    ${composer.uploads.map(
      ({ id, name, progress }) =>
        html`<li>
          <bdi>${localized.text('uploading', { name, percent: formats.percent(progress) })}</bdi
          ><button
            type="button"
            class="icon-button"
            aria-label=${localized.text('attachmentRemove', { name })}
            @click=${() => cancel({ id })}
          >
            ${closeIcon()}
          </button>
        </li>`,
    )}
  </ul>`;
}

/** Where fields do not grow by themselves, this one takes the height of its text; style sheets bound it. */
export function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.setProperty('height', 'auto');
  field.style.setProperty('height', `${field.scrollHeight}px`);
}

const visited = new WeakMap<SahayComposer, ElementInternals>();

/** Takes files that are dragged over a composer, if it can send any. */
export function dragOver(composer: SahayComposer, event: DragEvent): void {
  if (!composer.attachments || composer.disabledReason || !event.dataTransfer?.types.includes('Files'))
    return;
  event.preventDefault();
  if (!visited.has(composer)) receive(composer);
  hold(composer, true);
}

function receive(composer: SahayComposer): void {
  visited.set(composer, composer.attachInternals());
  composer.addEventListener('dragleave', () => hold(composer, false));
  composer.addEventListener('drop', (event) => {
    hold(composer, false);
    if (composer.offer([...(event.dataTransfer?.files ?? [])])) event.preventDefault();
  });
}

function hold(composer: SahayComposer, over: boolean): void {
  composer.dropping = over;
  const { states } = visited.get(composer)!;
  if (over) states.add('drop');
  else states.delete('drop');
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
