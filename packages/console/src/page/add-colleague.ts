import type { SupportClient } from '@sahay/client';
import { copyIcon } from '@sahay/elements/icons';
import { rememberFocus } from '@sahay/elements/internal';
import { base, controls, tokens } from '@sahay/elements/theme';
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { dialogStyles } from '../internal/dialog.styles.ts';
import { ConsoleElement } from '../internal/console-element.ts';

interface Invitation {
  name: string;
  url: string;
}

/**
 * Makes an account for a colleague and shows the one-time link to pass on.
 *
 * @fires {CustomEvent} sahay-close - The dialog was closed.
 */
export class SahayAddColleague extends ConsoleElement {
  static override styles = [tokens, base, controls, dialogStyles];

  @property({ attribute: false }) client: SupportClient | undefined;

  @query('dialog') private dialog!: HTMLDialogElement;
  @query('#name') private field!: HTMLInputElement | null;
  @query('#link') private link!: HTMLInputElement | null;
  @state() private invitation: Invitation | undefined;
  @state() private problem = '';
  @state() private copied: 'no' | 'yes' | 'failed' = 'no';
  @state() private busy = false;
  readonly #giveBackFocus = rememberFocus();

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    const { strings } = this.words;
    return html`<dialog aria-labelledby="title" @close=${this.#closed}>
      <h2 id="title">${strings.addColleague}</h2>
      ${this.invitation ? this.#link(this.invitation) : this.#form()}
    </dialog>`;
  }

  #form(): TemplateResult {
    const { strings } = this.words;
    return html`<form @submit=${this.#submit}>
      <label for="name">${strings.colleagueName}</label>
      <input id="name" maxlength="80" autocomplete="off" aria-describedby="problem" />
      <p class="problem" id="problem" role="alert">${this.problem}</p>
      <div class="buttons">
        <button type="button" class="button" @click=${() => this.dialog.close()}>${strings.cancel}</button>
        <button type="submit" class="button primary" ?disabled=${this.busy}>${strings.makeLink}</button>
      </div>
    </form>`;
  }

  #link({ name, url }: Invitation): TemplateResult {
    const { strings } = this.words;
    return html`<label for="link">${this.words.text('colleagueLink', { name })}</label>
      <div class="line">
        <input id="link" readonly dir="ltr" .value=${url} @focus=${() => this.link?.select()} />
        <button
          type="button"
          class="icon-button"
          aria-label=${strings.copyLink}
          title=${strings.copyLink}
          @click=${this.#copy}
        >
          ${copyIcon()}
        </button>
      </div>
      <p class="hint">${strings.colleagueLinkHint}</p>
      <p class="hint" role="status">
        ${this.copied === 'yes' ? strings.copied : this.copied === 'failed' ? strings.copyFailed : nothing}
      </p>
      <div class="buttons">
        <button type="button" class="button primary" @click=${() => this.dialog.close()}>
          ${strings.close}
        </button>
      </div>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const name = this.field?.value.trim() ?? '';
    if (name) void this.#make(name);
    else this.problem = this.words.strings.nameMissing;
  };

  async #make(name: string): Promise<void> {
    if (!this.client || this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      const response = await this.client.fetch('/v1/agents', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      });
      const { signInUrl } = (await response.json()) as { signInUrl: string };
      this.invitation = { name, url: signInUrl };
    } catch {
      // Refused or unreachable: what she can do is the same.
      this.problem = this.words.strings.colleagueFailed;
    } finally {
      this.busy = false;
    }
    await this.updateComplete;
    this.link?.focus();
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.invitation?.url ?? '');
      this.copied = 'yes';
    } catch {
      // Browsers refuse without TLS: the link is selected, so that a key press copies it.
      this.link?.select();
      this.copied = 'failed';
    }
  };

  readonly #closed = (): void => {
    this.#giveBackFocus();
    this.fire('sahay-close');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-add-colleague': SahayAddColleague;
  }
}
