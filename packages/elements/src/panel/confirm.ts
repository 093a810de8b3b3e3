import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { PanelElement } from './panel-element.ts';

/**
 * Asks once more before something is done that one may not have meant.
 *
 * @tagname sahay-confirm
 * @fires {CustomEvent} sahay-back - It was done, or is to be left.
 * @csspart panel - What can be scrolled.
 */
export class SahayConfirm extends PanelElement {
  static override properties: PropertyDeclarations = {
    question: {},
    explained: {},
    yes: {},
    action: { attribute: false },
  };

  question = '';
  /** What comes of it. */
  explained = '';
  /** What stands on the button that does it. */
  yes = '';
  /** What it does; while it fails, the question stays. */
  action: (() => Promise<unknown>) | undefined;

  protected override get heading(): string {
    return this.question;
  }

  protected override content(): TemplateResult {
    return html`<p>${this.explained}</p>
      <div class="buttons">
        <button type="button" class="button primary" ?disabled=${this.busy} @click=${this.#do}>
          ${this.yes}
        </button>
        <button type="button" class="button" @click=${() => this.leave()}>
          ${this.localized.strings.cancel}
        </button>
      </div>`;
  }

  readonly #do = async (): Promise<void> => {
    if (await this.attempt(async () => this.action?.())) this.leave();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-confirm': SahayConfirm;
  }
}
