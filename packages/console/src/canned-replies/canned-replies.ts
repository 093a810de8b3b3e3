import type { SupportClient } from '@sahay/client';
import { ReadableController } from '@sahay/elements/internal';
import { base, controls, tokens } from '@sahay/elements/theme';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ConsoleElement } from '../internal/console-element.ts';
import { cannedRepliesOf, matching, type CannedRepliesView, type CannedReply } from './canned-reply-store.ts';
import { wordsOf } from '../rich-reply/rich-draft.ts';
import { cannedRepliesStyles } from './canned-replies.styles.ts';

/** The reply to put into the message. */
export interface InsertDetail {
  reply: CannedReply;
}

/** What was typed before the agent went away without choosing. */
export interface DismissDetail {
  typed: string;
  /** Whether she is elsewhere on the page already: then the focus stays there. */
  left: boolean;
}

/**
 * Finds a canned reply: a combobox with a list. Arrow keys choose, Enter inserts, Escape leaves.
 *
 * @fires {CustomEvent<InsertDetail>} sahay-insert - A reply was chosen.
 * @fires {CustomEvent<DismissDetail>} sahay-dismiss - None was chosen.
 * @fires {CustomEvent} sahay-edit - The agent wants to edit the replies.
 */
export class SahayCannedReplies extends ConsoleElement {
  static override styles = [tokens, base, controls, cannedRepliesStyles];

  @property({ attribute: false }) client: SupportClient | undefined;

  @query('input') private field!: HTMLInputElement | null;
  @state() private filter = '';
  @state() private index = 0;
  readonly #replies = new ReadableController<CannedRepliesView>(this);

  /** Puts the cursor into the field. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.field?.focus(options));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('client') || !this.client) return;
    const store = cannedRepliesOf(this.client);
    this.#replies.source = store;
    void store.load();
  }

  protected override updated(): void {
    this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult {
    const { strings } = this.words;
    const found = this.#found();
    const chosen = found[this.index];
    return html`<div class="panel" role="group" aria-label=${strings.cannedReplies} @focusout=${this.#left}>
      <input
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        dir="auto"
        aria-label=${strings.filterCanned}
        placeholder=${strings.filterCanned}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls="list"
        aria-activedescendant=${chosen ? `option-${this.index}` : nothing}
        .value=${this.filter}
        @input=${this.#written}
        @keydown=${this.#pressed}
      />
      <div
        id="list"
        role="listbox"
        aria-label=${strings.cannedReplies}
        ?hidden=${!found.length}
        @mousedown=${(event: Event) => event.preventDefault()}
        @click=${this.#clicked}
        @keydown=${this.#pressed}
      >
        ${found.map((reply, index) => this.#option(reply, index))}
      </div>
      <p class="state" role="status">${this.#state(found)}</p>
      <button type="button" class="button quiet edit" @click=${() => this.fire('sahay-edit')}>
        ${strings.editCanned}
      </button>
    </div>`;
  }

  #found(): CannedReply[] {
    return matching(this.#replies.value?.replies ?? [], this.filter);
  }

  #option(reply: CannedReply, index: number): TemplateResult {
    return html`<div
      role="option"
      id=${`option-${index}`}
      aria-selected=${index === this.index ? 'true' : 'false'}
    >
      <b dir="auto">${reply.title}</b
      ><span dir="auto">${[reply.text, wordsOf(reply.parts)].filter(Boolean).join(' · ')}</span>
    </div>`;
  }

  #state(found: readonly CannedReply[]): string {
    const { strings } = this.words;
    const { phase, replies } = this.#replies.value ?? { phase: 'loading', replies: [] };
    if (phase === 'failed') return strings.cannedFailed;
    if (phase !== 'ready') return strings.loading;
    if (!replies.length) return strings.noCanned;
    return found.length ? this.words.text('cannedCount', { count: found.length }) : strings.noCannedMatch;
  }

  readonly #written = (): void => {
    this.filter = this.field?.value ?? '';
    this.index = 0;
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const found = this.#found();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) this.index = (this.index + step + found.length) % found.length;
    else if (event.key === 'Enter') {
      const reply = found[this.index];
      if (reply) this.#insert(reply);
    } else if (event.key === 'Escape')
      this.fire('sahay-dismiss', { typed: this.filter, left: false } satisfies DismissDetail);
    // An emptied field: one more Backspace takes the slash back, as it would in the message.
    else if (event.key === 'Backspace' && !this.filter)
      this.fire('sahay-dismiss', { typed: '', left: false } satisfies DismissDetail);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #clicked = (event: Event): void => {
    const option = (event.target as Element).closest('[role=option]');
    const reply = this.#found()[Number(option?.id.replace('option-', ''))];
    if (reply) this.#insert(reply);
  };

  readonly #left = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (to instanceof Node && this.renderRoot.contains(to)) return;
    // Without a target the window itself lost the focus: it comes back to where it was.
    if (to) this.fire('sahay-dismiss', { typed: this.filter, left: true } satisfies DismissDetail);
  };

  #insert(reply: CannedReply): void {
    this.fire('sahay-insert', { reply } satisfies InsertDetail);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-canned-replies': SahayCannedReplies;
  }
}
