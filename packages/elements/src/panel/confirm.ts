import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { PanelElement } from './panel-element.ts';

/**
 * Asks once more before something is done that one may not have meant, in a small dialog at the foot of the window.
 *
 * @tagname sahay-confirm
 * @fires {CustomEvent} sahay-back - It was done, or is to be left.
 * @csspart dialog - The dialog.
 */
export class SahayConfirm extends PanelElement {
  static override styles = [
    ...[PanelElement.styles].flat(),
    css`
      :host {
        justify-content: flex-end;
        padding: var(--_space-3);
        padding-block-end: max(var(--_space-3), env(safe-area-inset-bottom));
        background: #0007;
      }
      .dialog {
        display: grid;
        gap: var(--_space-3);
        max-block-size: 100%;
        overflow: hidden auto;
        padding: var(--_space-5) 20px 20px;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-bubble);
        background: var(--_raised);
        box-shadow: var(--_shadow);
        overflow-wrap: anywhere;
      }
      h2 {
        padding: 0;
      }
    `,
  ];
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

  constructor() {
    super();
    this.addEventListener('click', (event) => {
      // Beside the dialog, the window lies: whoever wants it back may tap it.
      if (event.composedPath()[0] === this && !this.busy) this.leave();
    });
  }

  override connectedCallback(): void {
    this.role ??= 'alertdialog';
    super.connectedCallback();
  }

  /** Puts the focus on what changes nothing. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.leave')?.focus(options));
  }

  protected override get heading(): string {
    return this.question;
  }

  protected override updated(): void {
    super.updated();
    this.ariaDescription = this.explained;
  }

  protected override render(): TemplateResult {
    return html`<div class="dialog" part="dialog" aria-busy=${this.busy ? 'true' : 'false'}>
      <h2 dir="auto">${this.question}</h2>
      ${this.content()}${this.problemLine()}
    </div>`;
  }

  protected override content(): TemplateResult {
    return html`<p>${this.explained}</p>
      <div class="buttons">
        <button type="button" class="button primary" ?disabled=${this.busy} @click=${this.#do}>
          ${this.yes}
        </button>
        <button type="button" class="button leave" @click=${() => this.leave()}>
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
