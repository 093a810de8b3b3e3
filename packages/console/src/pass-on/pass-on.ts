import type { ConversationHandle } from '@sahay/client';
import { rememberFocus } from '@sahay/elements/internal';
import { base, controls, tokens } from '@sahay/elements/theme';
import { defaultLimits, type AgentPresence } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ConsoleElement } from '../internal/console-element.ts';
import { dialogStyles } from '../internal/dialog.styles.ts';
import { problemWords } from '../internal/problem-words.ts';
import { passOnStyles } from './pass-on.styles.ts';

/** How the dialog ended. */
export interface PassedOnDetail {
  /** Whether the conversation was passed on. */
  done: boolean;
}

/**
 * Passes a conversation on: to a colleague who is there, whom it then rings, or back into the queue; with a note for whoever takes it.
 *
 * @fires {CustomEvent<PassedOnDetail>} sahay-close - The dialog was closed.
 */
export class SahayPassOn extends ConsoleElement {
  static override styles = [tokens, base, controls, dialogStyles, passOnStyles];

  @property({ attribute: false }) handle: ConversationHandle | undefined;
  /** Whose conversation it is. */
  @property({ attribute: false }) name = '';
  /** Who could take it. */
  @property({ attribute: false }) colleagues: readonly AgentPresence[] = [];

  @query('dialog') private dialog!: HTMLDialogElement;
  @query('form') private form!: HTMLFormElement;
  @state() private problem = '';
  @state() private busy = false;
  #done = false;
  readonly #giveBackFocus = rememberFocus();

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    const { strings } = this.words;
    return html`<dialog aria-labelledby="heading" @close=${this.#closed}>
      <h2 id="heading" dir="auto">${this.words.text('passOnWhom', { name: this.name })}</h2>
      <form @submit=${this.#submit}>
        <fieldset>
          <legend>${strings.passOnTo}</legend>
          ${this.colleagues.map(({ agent, status }) =>
            this.#choice(
              agent.id,
              agent.name ?? strings.agent,
              status === 'online' ? strings.online : strings.away,
            ),
          )}
          ${this.#choice('', strings.toQueue, strings.passOnQueueHint, true)}
        </fieldset>
        <label for="note">${strings.passOnNote}</label>
        <textarea
          id="note"
          name="note"
          dir="auto"
          maxlength=${defaultLimits.maxTextLength}
          aria-describedby="note-hint"
        ></textarea>
        <p class="hint" id="note-hint">${strings.noteSeenBy}</p>
        <p class="problem" role="alert">${this.problem || nothing}</p>
        <div class="buttons">
          <button type="button" class="button" @click=${() => this.dialog.close()}>${strings.cancel}</button>
          <button type="submit" class="button primary" ?disabled=${this.busy}>${strings.passOn}</button>
        </div>
      </form>
    </dialog>`;
  }

  #choice(value: string, label: string, hint: string, isFirst = false): TemplateResult {
    return html`<label class="choice"
      ><input type="radio" name="to" value=${value} ?checked=${isFirst} ?autofocus=${isFirst} /><span
        ><bdi>${label}</bdi><span class="about">${hint}</span></span
      ></label
    >`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const said = new FormData(this.form);
    void this.#pass(said.get('to') as string, (said.get('note') as string).trim());
  };

  async #pass(toAgentId: string, note: string): Promise<void> {
    if (!this.handle || this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      await this.handle.transfer({ ...(toAgentId && { toAgentId }), ...(note && { note }) });
      this.#done = true;
      this.dialog.close();
    } catch (error) {
      this.problem = problemWords(error, this.words);
    } finally {
      this.busy = false;
    }
  }

  readonly #closed = (): void => {
    this.#giveBackFocus();
    this.fire('sahay-close', { done: this.#done } satisfies PassedOnDetail);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-pass-on': SahayPassOn;
  }
}
