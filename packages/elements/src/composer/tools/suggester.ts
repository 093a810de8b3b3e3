import { html, nothing, type TemplateResult } from 'lit';
import { warnOnce } from '../../internal/warn-once.ts';
import type { SahayComposer } from '../composer.ts';
import { hasSources, sourcesFor, type Suggestion } from '../suggestions.ts';
import { fieldOf, insertText } from './insert-text.ts';

/** More than this is no choice. */
const most = 8;

/** Offers what the page has registered for `@`, `/` and the like, as a list the arrows lead through while the cursor stays in the text. */
export class Suggester {
  readonly #composer: SahayComposer;
  #found: readonly Suggestion[] = [];
  #chosen = 0;
  /** Where the trigger stands in the text, and where the cursor stood. */
  #from = 0;
  #end = 0;
  #trigger = '';
  #asking: AbortController | undefined;

  constructor(composer: SahayComposer) {
    this.#composer = composer;
    composer.addEventListener('input', () => hasSources() && void this.#look());
    // Where the cursor went elsewhere, what is taken would be put over other words.
    const moved = (): void =>
      void (this.#found.length && fieldOf(composer)?.selectionStart !== this.#end && this.#look());
    for (const type of ['keyup', 'pointerup']) composer.shadowRoot!.addEventListener(type, moved);
    composer.addEventListener('focusout', () => this.#close());
    // Before the composer takes Enter for sending.
    composer.shadowRoot!.addEventListener('keydown', (event) => this.#pressed(event as KeyboardEvent), {
      capture: true,
    });
    composer.addController({ hostUpdated: () => this.#describe(), hostDisconnected: () => this.#close() });
  }

  async #look(): Promise<void> {
    this.#asking?.abort();
    const field = fieldOf(this.#composer);
    const begun = field && begunAt(field.value.slice(0, field.selectionStart));
    const sources = begun ? sourcesFor(begun.trigger) : [];
    if (!begun || !sources.length) return this.#close();
    // What was found for another place is nothing to choose from here.
    if (begun.from !== this.#from) this.#close();
    this.#from = begun.from;
    this.#end = field.selectionStart;
    const { signal } = (this.#asking = new AbortController());
    // A source that fails suggests nothing; the text is written all the same.
    const failed = (error: unknown): [] => {
      if (!signal.aborted)
        warnOnce(`suggest ${begun.trigger}`, `A source of suggestions for "${begun.trigger}" failed.`, error);
      return [];
    };
    const answers = await Promise.all(
      sources.map(async (source) => source.suggest(begun.query, signal)).map((one) => one.catch(failed)),
    );
    if (signal.aborted) return;
    this.#found = answers.flat().slice(0, most);
    this.#chosen = 0;
    this.#trigger = begun.trigger;
    this.#composer.requestUpdate();
  }

  #pressed(event: KeyboardEvent): void {
    const { length } = this.#found;
    if (!length || event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: length - 1 }[event.key];
    if (step !== undefined) this.#chosen = (this.#chosen + step) % length;
    else if (event.key === 'Enter' || event.key === 'Tab') this.#choose(this.#found[this.#chosen]!);
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.#composer.requestUpdate();
  }

  #choose({ text, label }: Suggestion): void {
    const from = this.#from;
    const trigger = this.#trigger;
    this.#close();
    insertText(this.#composer, `${text ?? trigger + label} `, from);
    this.#composer.focus();
  }

  #close(): void {
    this.#asking?.abort();
    if (!this.#found.length) return;
    this.#found = [];
    this.#composer.requestUpdate();
  }

  /** The field tells which one stands to be taken. */
  #describe(): void {
    const field = fieldOf(this.#composer);
    if (!field) return;
    const { length } = this.#found;
    if (length) {
      field.setAttribute('aria-controls', 'suggestions');
      field.setAttribute('aria-activedescendant', `suggestion-${this.#chosen}`);
    } else for (const name of ['aria-controls', 'aria-activedescendant']) field.removeAttribute(name);
  }

  list(): TemplateResult | typeof nothing {
    if (!this.#found.length) return nothing;
    const { localized } = this.#composer;
    return html`<div class="suggestions" part="suggestions">
      <div class="hidden-visually" role="status">
        ${localized.text('suggestionCount', { count: this.#found.length })}
      </div>
      <div id="suggestions" class="list" role="listbox" aria-label=${localized.strings.suggestions}>
        ${this.#found.map(
          (one, index) =>
            html`<button
              type="button"
              tabindex="-1"
              role="option"
              id=${`suggestion-${index}`}
              aria-selected=${index === this.#chosen}
              @mousedown=${(event: Event) => event.preventDefault()}
              @click=${() => this.#choose(one)}
            >
              <b dir="auto">${one.label}</b
              >${one.detail ? html`<small dir="auto">${one.detail}</small>` : nothing}
            </button>`,
        )}
      </div>
    </div>`;
  }
}

/** What was begun at the end of a text: a trigger after a space or at its beginning, and the word after it. */
function begunAt(text: string): { trigger: string; query: string; from: number } | undefined {
  const match = /(^|\s)([@/#:])([^\s@/]*)$/u.exec(text);
  if (!match) return undefined;
  const [, space, trigger, query] = match as unknown as [string, string, string, string];
  const from = match.index + space.length;
  return trigger === '/' && from > 0 ? undefined : { trigger, query, from };
}
