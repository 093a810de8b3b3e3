import type { ConversationHandle } from '@sahay/client';
import { css, html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { checkIcon } from '../icons/window-icons.ts';
import { keepContact, readContact } from '../contact/known-contact.ts';
import { PanelElement } from '../panel/panel-element.ts';
import { problemOf } from '../parts/form-fields.ts';

/**
 * Takes the address to which an answer goes that comes while the visitor is away; one that she told before stands already, and can be
 * exchanged.
 *
 * @tagname sahay-email-me
 * @fires {CustomEvent} sahay-back - The visitor wants to go back.
 * @csspart panel - What can be scrolled.
 */
export class SahayEmailMe extends PanelElement {
  static override styles = [
    ...[PanelElement.styles].flat(),
    css`
      form,
      .field {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--_space-3);
      }
      .field {
        gap: var(--_space-1);
      }
      label {
        font-size: var(--_text-s);
        font-weight: 600;
      }
      input {
        inline-size: 100%;
        min-inline-size: 0;
        min-block-size: 44px;
        padding: var(--_space-2) var(--_space-3);
        border: 1px solid var(--_border-strong);
        border-radius: var(--_radius-s);
        background: var(--_surface);
        font-size: var(--_text-input);
      }
      input[aria-invalid='true'] {
        border-color: var(--_danger);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    kept: { state: true, attribute: false },
    wrong: { state: true, attribute: false },
  };

  /** The conversation that is answered. */
  conversation: ConversationHandle | undefined;
  private kept: string | undefined;
  private wrong = '';

  protected override get heading(): string {
    return this.localized.strings.emailTitle;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('client') && this.client)
      void readContact(this.client).then(({ email }) => (this.kept ??= email ?? ''));
  }

  readonly #exchange = async (): Promise<void> => {
    this.kept = '';
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.focus();
  };

  protected override content(): TemplateResult {
    const { strings } = this.localized;
    // Whether she told one before is known in a moment.
    if (this.kept === undefined) return html``;
    if (this.kept)
      return html`<p class="done" role="status">
          ${checkIcon()}${this.text('emailKept', { email: this.kept })}
        </p>
        <p class="quiet-text">${strings.emailMayLeave}</p>
        <div class="buttons">
          <button type="button" class="button primary" @click=${() => this.leave()}>${strings.back}</button>
          <button type="button" class="button" @click=${this.#exchange}>${strings.emailChange}</button>
        </div>`;
    return html`<p>${strings.emailExplained}</p>
      <form novalidate @submit=${this.#submitted}>
        <div class="field">
          <label for="email">${strings.fieldEmail}</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            maxlength="254"
            aria-required="true"
            aria-invalid=${this.wrong ? 'true' : 'false'}
            aria-describedby="wrong"
          />
          <span class="problem" id="wrong" ?hidden=${!this.wrong}>${this.wrong}</span>
        </div>
        <div class="buttons">
          <button type="submit" class="button primary" ?disabled=${this.busy}>${strings.emailSave}</button>
        </div>
      </form>`;
  }

  readonly #submitted = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const value = new FormData(form).get('email');
    const email = typeof value === 'string' ? value.trim() : '';
    const field = { name: 'email', kind: 'email', label: '', required: true } as const;
    const problem = problemOf(field, new Map([['email', email]]));
    this.wrong = problem ? this.localized.strings[problem] : '';
    if (problem) return form.querySelector('input')?.focus();
    if (!(await this.attempt(async () => this.conversation?.do?.('context.update', { contact: { email } }))))
      return;
    if (this.client) await keepContact(this.client, { email });
    this.kept = email;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-email-me': SahayEmailMe;
  }
}
