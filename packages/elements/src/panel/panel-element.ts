import type { SupportClient } from '@sahay/client';
import {
  html,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { whenGone } from '../contact/when-gone.ts';
import { arrowBackIcon } from '../icons/late-icons.ts';
import { isUnreachable } from '../internal/is-unreachable.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { completeAround } from '../locales/complete-around.ts';
import { base } from '../theme/base.ts';
import { controls } from '../theme/controls.ts';
import { colorScheme, tokens } from '../theme/tokens.ts';
import { panelStyles } from './panel.styles.ts';

completeAround();

/**
 * What the views share that lie over the window: a head with the way back, a place for what failed, Escape.
 *
 * @fires {CustomEvent} sahay-back - Whoever reads wants to go back.
 * @fires {CustomEvent<{ error: unknown }>} sahay-error - Something that was asked for could not be done.
 * @csspart panel - What can be scrolled.
 */
export abstract class PanelElement extends SahayElement {
  static override styles: CSSResultGroup = [tokens, colorScheme, base, controls, panelStyles];
  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    closable: { type: Boolean },
    busy: { state: true, attribute: false },
    problem: { state: true, attribute: false },
  };

  /** The client to work through. */
  client: SupportClient | undefined;
  /** Offers the way back. */
  closable = false;
  /** While something is under way. */
  protected busy = false;
  /** What failed, in words, until the next attempt. */
  protected problem = '';
  #followed: SupportClient | undefined;
  #stop: (() => void) | undefined;

  constructor() {
    super();
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.closable) return;
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.role ??= 'region';
    // Before the first update it is not known whose it is.
    if (this.hasUpdated) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#followed = this.#stop = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#follow();
  }

  /** What a view shows is one person's: when she has gone, it goes as well. */
  #follow(): void {
    const { whose } = this;
    if (!this.isConnected || whose === this.#followed) return;
    this.#stop?.();
    this.#followed = whose;
    this.#stop = whose && whenGone(whose, () => this.forget());
  }

  /** Whose client it is that is worked through. */
  protected get whose(): SupportClient | undefined {
    return this.client;
  }

  /** She whose view it was has gone. */
  protected forget(): void {
    if (this.closable) this.leave();
  }

  /** What stands in its head. */
  protected abstract get heading(): string;
  protected abstract content(): unknown;

  protected override firstUpdated(): void {
    if (this.closable) this.focus();
  }

  /** Puts the focus on the way back. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.head button, .scroller')?.focus(options),
    );
  }

  protected override updated(): void {
    this.ariaLabel = this.heading;
  }

  protected override render(): TemplateResult {
    return html`<div class="head">
        ${
          this.closable
            ? html`<button
                type="button"
                class="icon-button"
                aria-label=${this.localized.strings.back}
                @click=${() => this.leave()}
              >
                ${arrowBackIcon()}
              </button>`
            : nothing
        }
        <h2 dir="auto">${this.heading}</h2>
      </div>
      <div class="scroller" part="panel" tabindex="0" role="group" aria-label=${this.heading}>
        <div class="content" aria-busy=${this.busy ? 'true' : 'false'}>
          ${this.content()} ${this.problemLine()}
        </div>
      </div>`;
  }

  /** Asks for the way back. */
  protected leave(): void {
    this.fire('sahay-back');
  }

  /** Does one thing at a time; when it fails, says so here and to the host page. Whether it was done. */
  protected async attempt(action: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = '';
    try {
      await action();
      return true;
    } catch (error) {
      const { errorUnknown, errorUnreachable } = this.localized.strings;
      this.problem = isUnreachable(error) ? errorUnreachable : errorUnknown;
      this.fire('sahay-error', { error });
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** What failed, if anything did. */
  protected problemLine(): TemplateResult | typeof nothing {
    return this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing;
  }

  /** What is shown while something is fetched. */
  protected waiting(): TemplateResult {
    return html`<div class="skeleton" aria-busy="true">
      <span class="hidden-visually">${this.localized.strings.loading}</span><i></i><i></i><i></i>
    </div>`;
  }
}
