import { css, html, type TemplateResult } from 'lit';
import { closeIcon, retryIcon } from '../icons/late-icons.ts';
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

/** So much room is told of at once; in between, whoever writes is told when she pauses. */
const steps = [100, 20, 0];
/** After so long without a letter she pauses, in milliseconds. */
const pause = 1_500;

/** What somebody who does not see the line hears of the room that is left: each letter would drown what she writes. */
interface Spoken {
  room: number;
  words: string;
  timer?: ReturnType<typeof setTimeout>;
}
const spoken = new WeakMap<SahayComposer, Spoken>();

/** Says how much room is left, when it becomes little and when nothing is written for a while. */
export function roomVoice(composer: SahayComposer, room: number): TemplateResult {
  const before = spoken.get(composer);
  const now: Spoken = before ?? { room: Infinity, words: '' };
  spoken.set(composer, now);
  if (now.room !== room) {
    clearTimeout(now.timer);
    const say = (): void => {
      now.words = composer.isConnected ? roomWords(now.room, composer.localized) : '';
      composer.requestUpdate();
    };
    const isStep = [...steps, -1].some((step) => room <= step && now.room > step);
    // Words that come with the region are not heard.
    now.timer = setTimeout(say, isStep ? 50 : pause);
    now.room = room;
    now.words = '';
  }
  return html`<div class="hidden-visually" role="status">${now.words}</div>`;
}

const keepers = new WeakSet<SahayComposer>();

/** The button that was pressed goes with what it did; the focus goes to the file's other one, or to the field once the file has gone. */
function keepFocus(composer: SahayComposer): void {
  if (keepers.has(composer)) return;
  keepers.add(composer);
  let held: string | undefined;
  composer.addController({
    hostUpdate: () => {
      held = composer.shadowRoot?.querySelector<HTMLElement>('.uploads li:has(:focus-visible)')?.dataset.id;
    },
    hostUpdated: () => {
      if (held === undefined) return;
      const row = composer.shadowRoot?.querySelector(`.uploads li[data-id="${CSS.escape(held)}"]`);
      if (!row) composer.focus();
      else if (!row.matches(':focus-within')) row.querySelector('button')?.focus();
    },
  });
}

/** Files on their way, each with a button that stops it; one that did not arrive stays, and can be sent again. */
export function uploadList(composer: SahayComposer): TemplateResult {
  const { localized, formats } = composer;
  const fire = (type: 'sahay-cancel-upload' | 'sahay-retry-upload', detail: ComposerCancelDetail): boolean =>
    composer.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  const retry = localized.strings.retry;
  keepFocus(composer);
  return html`<ul class="uploads">
    ${composer.uploads.map(
      ({ id, name, progress, problem }) =>
        html`<li class=${problem ? 'failed' : ''} data-id=${id}>
          ${
            problem
              ? html`<span role="alert">${problem}</span
                  ><button
                    type="button"
                    class="icon-button"
                    aria-label="${retry}: ${name}"
                    title=${retry}
                    @click=${() => fire('sahay-retry-upload', { id })}
                  >
                    ${retryIcon()}
                  </button>`
              : html`<bdi>${localized.text('uploading', { name, percent: formats.percent(progress) })}</bdi
                  ><progress max="1" .value=${progress} aria-hidden="true"></progress>`
          }<button
            type="button"
            class="icon-button"
            aria-label=${localized.text('attachmentRemove', { name })}
            @click=${() => fire('sahay-cancel-upload', { id })}
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
  .uploads .failed {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  .uploads [role='alert'] {
    flex: 1;
    padding-block: var(--_space-1);
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
