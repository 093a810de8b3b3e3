import type { QuickReply } from '@sahay/protocol';
import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { SahayElement } from '../internal/sahay-element.ts';
import type { QuickReplyDetail } from '../message/row-context.ts';
import { base } from '../theme/base.ts';
import { windowControls } from '../theme/window-controls.ts';
import { windowTokens } from '../theme/window-tokens.ts';

/**
 * Answers offered to tap.
 *
 * @fires {CustomEvent<QuickReplyDetail>} sahay-quick-reply - One was chosen.
 * @csspart reply - One reply's button.
 */
export class SahayQuickReplies extends SahayElement {
  static override styles = [
    windowTokens,
    base,
    windowControls,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--_space-2);
      }
      .chip {
        max-inline-size: 100%;
        overflow-wrap: anywhere;
      }
      @media (pointer: coarse) {
        .chip {
          min-block-size: 40px;
        }
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    options: { attribute: false },
  };

  /** What can be chosen. */
  options: readonly QuickReply[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.role ??= 'group';
  }

  protected override updated(): void {
    this.ariaLabel = this.localized.strings.quickReplies;
  }

  protected override render(): TemplateResult {
    return html`${this.options.map(
      (option) =>
        html`<button type="button" class="chip" part="reply" dir="auto" @click=${() => this.#choose(option)}>
          ${option.label}
        </button>`,
    )}`;
  }

  #choose({ id, label, value = label }: QuickReply): void {
    const detail: QuickReplyDetail = { id, label, value };
    this.fire('sahay-quick-reply', detail);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-quick-replies': SahayQuickReplies;
  }
}
