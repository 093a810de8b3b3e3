import type { SupportClient } from '@sahay/client';
import { rememberFocus } from '@sahay/elements/internal';
import { base, controls, tokens } from '@sahay/elements/theme';
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ConsoleElement } from '../internal/console-element.ts';
import { dialogStyles } from '../internal/dialog.styles.ts';
import { durationWords } from '../internal/durations.ts';
import { problemWords } from '../internal/problem-words.ts';
import { inviteStyles } from './invite.styles.ts';

/** How long an invitation may stand, in seconds. */
const spans = [600, 1_800, 7_200, 86_400];

/**
 * Invites a visitor whose conversation has ended to another one: what is said, the reason that she is told, and how long it stands.
 *
 * @fires {CustomEvent} sahay-close - The dialog was closed.
 */
export class SahayInvite extends ConsoleElement {
  static override styles = [tokens, base, controls, dialogStyles, inviteStyles];

  @property({ attribute: false }) client: SupportClient | undefined;
  /** The conversation that has ended. */
  @property({ attribute: false }) conversationId = '';
  /** Whether she is on the site now, if that is known: then she sees it at once. */
  @property({ attribute: false }) here: boolean | undefined;
  /** Who is invited. */
  @property({ attribute: false }) name = '';

  @query('dialog') private dialog!: HTMLDialogElement;
  @query('form') private form!: HTMLFormElement | null;
  @query('.done') private done!: HTMLButtonElement | null;
  @state() private until = '';
  @state() private problem = '';
  @state() private busy = false;
  readonly #giveBackFocus = rememberFocus();

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" @close=${this.#closed}>
      <h2 id="heading" dir="auto">${this.words.text('inviteWhom', { name: this.name })}</h2>
      ${this.until ? this.#told() : this.#asked()}
    </dialog>`;
  }

  #asked(): TemplateResult {
    const { strings, tag } = this.words;
    return html`<form @submit=${this.#submit} novalidate>
      <label for="text">${strings.inviteText}</label>
      <textarea id="text" name="text" maxlength="500" dir="auto" aria-describedby="problem"></textarea>
      <label for="reason">${strings.inviteReason}</label>
      <input
        id="reason"
        name="reason"
        maxlength="200"
        dir="auto"
        autocomplete="off"
        aria-describedby="reason-hint problem"
      />
      <p class="hint" id="reason-hint">${strings.inviteReasonHint}</p>
      <label for="span">${strings.inviteSpan}</label>
      <select id="span" name="span">
        ${spans.map(
          (seconds) =>
            html`<option value=${seconds} ?selected=${seconds === 1_800}>
              ${durationWords(seconds, tag)}
            </option>`,
        )}
      </select>
      <p class="hint">${strings.inviteSeen}</p>
      <p class="hint here" role="status">
        ${this.here === undefined ? nothing : this.here ? strings.inviteHere : strings.inviteAway}
      </p>
      <p class="problem" id="problem" role="alert">${this.problem || nothing}</p>
      <div class="buttons">
        <button type="button" class="button" @click=${() => this.dialog.close()}>${strings.cancel}</button>
        <button type="submit" class="button primary" ?disabled=${this.busy}>${strings.inviteSend}</button>
      </div>
    </form>`;
  }

  #told(): TemplateResult {
    const { strings } = this.words;
    return html`<p role="status">${this.words.text('inviteStands', { time: this.until })}</p>
      <div class="buttons">
        <button type="button" class="button primary done" @click=${() => this.dialog.close()}>
          ${strings.close}
        </button>
      </div>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const said = new FormData(this.form!);
    const [text, reason, span] = ['text', 'reason', 'span'].map((name) => (said.get(name) as string).trim());
    if (text && reason) void this.#invite(text, reason, Number(span));
    else {
      this.problem = this.words.strings.inviteMissing;
      this.form!.querySelector<HTMLElement>(text ? '#reason' : '#text')!.focus();
    }
  };

  async #invite(text: string, reason: string, expiresInSeconds: number): Promise<void> {
    if (!this.client || this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      await this.client.command(
        'invitation.present',
        { text, reason, expiresInSeconds },
        this.conversationId,
      );
      this.until = this.formats.dateTime(Date.now() + expiresInSeconds * 1_000);
    } catch (error) {
      this.problem = problemWords(error, this.words);
    } finally {
      this.busy = false;
    }
    await this.updateComplete;
    this.done?.focus();
  }

  readonly #closed = (): void => {
    this.#giveBackFocus();
    this.fire('sahay-close');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-invite': SahayInvite;
  }
}
