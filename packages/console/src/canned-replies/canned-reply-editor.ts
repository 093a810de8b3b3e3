import type { SupportClient } from '@sahay/client';
import { closeIcon, plusIcon } from '@sahay/elements/icons';
import { rememberFocus } from '@sahay/elements/internal';
import { base, controls, tokens } from '@sahay/elements/theme';
import type { Part, TextPart } from '@sahay/protocol';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ConsoleElement } from '../internal/console-element.ts';
import { dialogStyles } from '../internal/dialog.styles.ts';
import { problemWords } from '../internal/problem-words.ts';
import type { ConsoleStrings } from '../locales/console-strings.ts';
import { wordsOf } from '../rich-reply/rich-draft.ts';
import type { RichReplyDetail } from '../rich-reply/rich-reply.ts';
import { cannedRepliesOf, type CannedReply } from './canned-reply-store.ts';

/**
 * Edits the team's canned replies in a dialog.
 *
 * @fires {CustomEvent} sahay-close - The dialog was closed.
 */
export class SahayCannedReplyEditor extends ConsoleElement {
  static override styles = [
    tokens,
    base,
    controls,
    dialogStyles,
    css`
      fieldset {
        margin: 0 0 var(--_space-4);
        padding: 0 0 var(--_space-4);
        border: 0;
        border-block-end: 1px solid var(--_border);
      }
      .head {
        display: flex;
        align-items: end;
        gap: var(--_space-2);
        margin-block-end: var(--_space-2);
      }
      .head > div {
        flex: 1;
      }
      textarea + .button {
        margin-block-start: var(--_space-2);
      }
      .below {
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        margin-block-start: var(--_space-2);
        padding: var(--_space-1) var(--_space-1) var(--_space-1) var(--_space-3);
        border: 1px solid var(--_border);
        border-radius: var(--_radius-s);
      }
      .below > p {
        flex: 1;
        min-inline-size: 0;
        margin: 0;
        overflow: hidden;
        font-size: var(--_text-s);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .below b {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) client: SupportClient | undefined;

  @query('dialog') private dialog!: HTMLDialogElement;
  @state() private replies: readonly CannedReply[] = [];
  @state() private problem = '';
  @state() private busy = false;
  /** The reply whose parts are being written. */
  @state() private writing: string | undefined;
  readonly #giveBackFocus = rememberFocus();

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.hasUpdated) return;
    this.replies = this.client ? cannedRepliesOf(this.client).getSnapshot().replies : [];
    if (!this.replies.length) this.#add();
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    const { strings } = this.words;
    return html`<dialog aria-labelledby="title" @close=${this.#closed}>
      <h2 id="title">${strings.editCanned}</h2>
      <form @submit=${this.#submit}>
        ${repeat(
          this.replies,
          ({ id }) => id,
          (reply) => this.#fields(reply),
        )}
        <button type="button" class="button quiet" @click=${() => this.#add()}>
          ${plusIcon()}${strings.addCanned}
        </button>
        <p class="problem" role="alert">${this.problem}</p>
        <div class="buttons">
          <button type="button" class="button" @click=${() => this.dialog.close()}>${strings.cancel}</button>
          <button type="submit" class="button primary" ?disabled=${this.busy}>${strings.saveCanned}</button>
        </div>
      </form>
      ${this.#writer()}
    </dialog>`;
  }

  #fields(reply: CannedReply): TemplateResult {
    const { id, title, text } = reply;
    const { words } = this;
    const { strings } = words;
    const change = (key: 'title' | 'text') => (event: Event) =>
      this.#change(id, { [key]: (event.target as HTMLInputElement).value });
    return html`<fieldset>
      <div class="head">
        <div>
          <label for=${`title-${id}`}>${strings.cannedTitle}</label>
          <input id=${`title-${id}`} maxlength="120" dir="auto" .value=${title} @input=${change('title')} />
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label=${words.text('removeCanned', { name: title })}
          @click=${() => {
            this.replies = this.replies.filter((reply) => reply.id !== id);
          }}
        >
          ${closeIcon()}
        </button>
      </div>
      <label for=${`text-${id}`}>${strings.cannedText}</label>
      <textarea
        id=${`text-${id}`}
        maxlength="16000"
        dir="auto"
        .value=${text}
        @input=${change('text')}
      ></textarea>
      ${this.#below(reply)}
    </fieldset>`;
  }

  /** What is sent below the text. */
  #below({ id, parts }: CannedReply): TemplateResult {
    const { words } = this;
    const { strings } = words;
    const write = (): void => {
      this.writing = id;
    };
    if (!parts)
      return html`<button type="button" class="button quiet" @click=${write}>
        ${plusIcon()}${strings.cannedAddParts}
      </button>`;
    const name = kindOf(parts, strings);
    return html`<div class="below">
      <p dir="auto"><b>${name}</b> ${wordsOf(parts)}</p>
      <button
        type="button"
        class="button"
        aria-label=${words.text('cannedChangeParts', { name })}
        @click=${write}
      >
        ${strings.cannedChange}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label=${words.text('removeCanned', { name })}
        @click=${() => this.#change(id, { parts: undefined })}
      >
        ${closeIcon()}
      </button>
    </div>`;
  }

  #writer(): TemplateResult | typeof nothing {
    const reply = this.replies.find(({ id }) => id === this.writing);
    if (!reply) return nothing;
    return html`<sahay-rich-reply
      keeping
      .beginning=${reply.text}
      .below=${reply.parts}
      @sahay-rich-reply=${({ detail }: CustomEvent<RichReplyDetail>) => {
        const isWords = (part: Part): part is TextPart => part.type === 'text' && part.partId === 'text';
        this.#change(reply.id, {
          text: detail.parts.find(isWords)?.text ?? '',
          parts: detail.parts.filter((part) => !isWords(part)),
        });
      }}
      @sahay-close=${(event: Event) => {
        // It is this dialog's own: the reply box must not take it for the end of the editor.
        event.stopPropagation();
        this.writing = undefined;
      }}
    ></sahay-rich-reply>`;
  }

  #change(id: string, change: Partial<CannedReply>): void {
    this.replies = this.replies.map((reply) => (reply.id === id ? { ...reply, ...change } : reply));
  }

  #add(): void {
    const id = `r_${Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    this.replies = [...this.replies, { id, title: '', text: '' }];
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#title-${id}`)?.focus());
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  async #save(): Promise<void> {
    const { client, words } = this;
    if (!client || this.busy) return;
    const written = this.replies.filter(({ title, text, parts }) => title.trim() || text.trim() || parts);
    if (written.some(({ title, text, parts }) => !title.trim() || !(text.trim() || parts))) {
      this.problem = words.strings.cannedIncomplete;
      return;
    }
    this.busy = true;
    this.problem = '';
    try {
      await cannedRepliesOf(client).save(written);
      this.dialog.close();
    } catch (error) {
      this.problem = problemWords(error, words);
    } finally {
      this.busy = false;
    }
  }

  readonly #closed = (): void => {
    this.#giveBackFocus();
    this.fire('sahay-close');
  };
}

/** What stands below, by its kind. */
function kindOf([part]: readonly Part[], strings: ConsoleStrings): string {
  const names: Partial<Record<string, string>> = {
    quick_replies: strings.richReplies,
    card: strings.richCard,
    form: strings.richForm,
  };
  return names[part?.type ?? ''] ?? '';
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-canned-reply-editor': SahayCannedReplyEditor;
  }
}
