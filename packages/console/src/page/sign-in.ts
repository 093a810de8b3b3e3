import { SahayError } from '@sahay/client';
import { base, controls, tokens } from '@sahay/elements/theme';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ConsoleElement } from '../internal/console-element.ts';
import { brand } from './brand.ts';
import { signInStyles } from './sign-in.styles.ts';
import type { AgentSession } from './agent-session.ts';

const nameKey = 'sahay-console-name';

/**
 * What somebody sees who is not signed in: a button that uses up the link she came with, or where to find a link. Looking at the page
 * consumes nothing, so that a preview in a mail program cannot.
 *
 * @fires {CustomEvent} sahay-signed-in - The session has begun.
 */
export class SahaySignIn extends ConsoleElement {
  static override styles = [tokens, base, controls, signInStyles];

  @property({ attribute: false }) session: AgentSession | undefined;
  /** The one-time code; without it the page says how to get one. */
  @property({ attribute: false }) code: string | undefined;
  /** Why she is not signed in any more, if she was. */
  @property({ attribute: false }) why: 'signed-out' | 'ended' | undefined;

  @query('input') private field!: HTMLInputElement | null;
  @state() private stage: 'ready' | 'busy' | 'used' | 'failed' = 'ready';

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('code')) this.stage = 'ready';
  }

  protected override firstUpdated(): void {
    const named = storedName() !== '';
    (named ? this.renderRoot.querySelector<HTMLElement>('.primary') : this.field)?.focus();
  }

  protected override render(): TemplateResult {
    const { strings } = this.words;
    return html`<main>
      ${brand()}
      ${this.why ? html`<p class="done" role="status">${this.why === 'ended' ? strings.stopped : strings.signedOut}</p>` : nothing}
      ${
        this.stage === 'used'
          ? this.#words(strings.signInUsed, strings.signInUsedHint)
          : this.code
            ? this.#form()
            : this.#words(strings.signInNone, strings.signInNoneHint)
      }
    </main>`;
  }

  #words(title: string, hint: string): TemplateResult {
    return html`<h1>${title}</h1>
      <p>${hint}</p>`;
  }

  #form(): TemplateResult {
    const { strings } = this.words;
    return html`<h1>${strings.signInTitle}</h1>
      <p>${strings.signInIntro}</p>
      <form @submit=${this.#submit}>
        <label for="name">${strings.signInName}</label>
        <input id="name" autocomplete="name" maxlength="80" aria-describedby="hint" .value=${storedName()} />
        <p class="hint" id="hint">${strings.signInNameHint}</p>
        ${this.stage === 'failed' ? html`<p class="error" role="alert">${strings.signInFailed}</p>` : nothing}
        <button type="submit" class="button primary" ?disabled=${this.stage === 'busy'}>
          ${this.stage === 'busy' ? strings.signingIn : strings.signIn}
        </button>
      </form>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#signIn(this.field?.value.trim() ?? '');
  };

  async #signIn(name: string): Promise<void> {
    if (!this.session || !this.code || this.stage === 'busy') return;
    this.stage = 'busy';
    try {
      await this.session.signIn(this.code, name);
      storeName(name);
      this.fire('sahay-signed-in');
    } catch (error) {
      const retryable = !(error instanceof SahayError) || error.retryable;
      this.stage = retryable ? 'failed' : 'used';
    }
  }
}

/** The name given here before, so that it need not be typed for each link. */
function storedName(): string {
  try {
    return localStorage.getItem(nameKey) ?? '';
  } catch {
    // Storage is refused here: the field stays empty.
    return '';
  }
}

function storeName(name: string): void {
  if (!name) return;
  try {
    localStorage.setItem(nameKey, name);
  } catch {
    // Storage is refused here: the name is typed again next time.
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-sign-in': SahaySignIn;
  }
}
