import type { ConversationHandle } from '@sahay/client';
import { rememberFocus } from '@sahay/elements/internal';
import { base, controls, tokens } from '@sahay/elements/theme';
import { defaultLimits, type AgentPresence } from '@sahay/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
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
  /** Who was chosen, by id; the empty one is the queue. */
  @state() private to = '';
  @state() private problem = '';
  @state() private busy = false;
  /** Whom it was offered for, in the order in which they came: what is about to be pressed does not move when somebody's status changes. */
  #offered: readonly AgentPresence[] = [];
  #done = false;
  readonly #giveBackFocus = rememberFocus();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('colleagues')) return;
    const now = new Map(this.colleagues.map((one) => [one.agent.id, one]));
    const before = this.#offered.flatMap((one): AgentPresence[] => {
      const { id } = one.agent;
      // Whoever is chosen stays in sight when she goes, so that it is not sent elsewhere without a word.
      return [now.get(id) ?? (id === this.to ? { ...one, status: 'offline' } : [])].flat();
    });
    const known = new Set(before.map(({ agent }) => agent.id));
    this.#offered = [...before, ...this.colleagues.filter(({ agent }) => !known.has(agent.id))];
  }

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
          ${repeat(
            this.#offered,
            ({ agent }) => agent.id,
            ({ agent, status }) => this.#choice(agent.id, agent.name ?? strings.agent, this.#hint(status)),
          )}
          ${this.#choice('', strings.toQueue, strings.passOnQueueHint)}
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

  #hint(status: AgentPresence['status']): string {
    const { online, away, passOnGone } = this.words.strings;
    return { online, away, offline: passOnGone }[status];
  }

  #choice(value: string, label: string, hint: string): TemplateResult {
    return html`<label class="choice"
      ><input
        type="radio"
        name="to"
        value=${value}
        .checked=${value === this.to}
        ?autofocus=${value === ''}
        @change=${() => {
          this.to = value;
          this.problem = '';
        }}
      /><span><bdi>${label}</bdi><span class="about">${hint}</span></span></label
    >`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const chosen = this.#offered.find(({ agent }) => agent.id === this.to);
    if (chosen?.status === 'offline') {
      const name = chosen.agent.name ?? this.words.strings.agent;
      this.problem = this.words.text('passOnWhoLeft', { name });
      return;
    }
    void this.#pass(this.to, (new FormData(this.form).get('note') as string).trim());
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
