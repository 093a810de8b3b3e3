import type { SupportClient } from '@sahay/client';
import { closeIcon, plusIcon } from '@sahay/elements/icons';
import { rememberFocus } from '@sahay/elements/internal';
import { base, controls, tokens } from '@sahay/elements/theme';
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ConsoleElement } from '../internal/console-element.ts';
import { dialogStyles } from '../internal/dialog.styles.ts';
import { problemWords } from '../internal/problem-words.ts';
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
    `,
  ];

  @property({ attribute: false }) client: SupportClient | undefined;

  @query('dialog') private dialog!: HTMLDialogElement;
  @state() private replies: readonly CannedReply[] = [];
  @state() private problem = '';
  @state() private busy = false;
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
    </dialog>`;
  }

  #fields({ id, title, text }: CannedReply): TemplateResult {
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
    </fieldset>`;
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
    const written = this.replies.filter(({ title, text }) => title.trim() || text.trim());
    if (written.some(({ title, text }) => !title.trim() || !text.trim())) {
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

declare global {
  interface HTMLElementTagNameMap {
    'sahay-canned-reply-editor': SahayCannedReplyEditor;
  }
}
