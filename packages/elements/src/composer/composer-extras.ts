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
          ><progress max="1" .value=${progress} aria-hidden="true"></progress
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

const internals = new WeakMap<SahayComposer, ElementInternals>();
const visited = new WeakMap<SahayComposer, Set<EventTarget>>();

/**
 * Takes files that are dragged over a composer, or over the window around it, if it can send any. Where it cannot, a file that misses its
 * mark does not take the page away all the same.
 */
export function dragOver(composer: SahayComposer, event: DragEvent): void {
  if (!event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  if (!composer.attachments || composer.disabledReason) {
    event.dataTransfer.dropEffect = 'none';
    return;
  }
  receive(composer, event.currentTarget as HTMLElement);
  hold(composer, true);
}

/** What is let go over a place goes to the composer, once. */
function receive(composer: SahayComposer, place: HTMLElement): void {
  const places = visited.get(composer) ?? new Set();
  if (places.has(place)) return;
  visited.set(composer, places.add(place));
  place.addEventListener('dragleave', ({ relatedTarget }) => {
    // From one thing within it to another is not away from it.
    if (!(relatedTarget instanceof Node && place.contains(relatedTarget))) hold(composer, false);
  });
  place.addEventListener('drop', (event) => {
    hold(composer, false);
    if (event.defaultPrevented || !composer.isConnected) return;
    if (composer.offer([...(event.dataTransfer?.files ?? [])])) event.preventDefault();
  });
}

function hold(composer: SahayComposer, over: boolean): void {
  composer.dropping = over;
  const held = internals.get(composer) ?? composer.attachInternals();
  internals.set(composer, held);
  if (over) held.states.add('drop');
  else held.states.delete('drop');
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
  .uploads progress {
    inline-size: 64px;
    block-size: 6px;
    accent-color: var(--_link);
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
