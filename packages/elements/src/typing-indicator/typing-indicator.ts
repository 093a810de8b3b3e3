import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { SahayElement } from '../internal/sahay-element.ts';
import { base } from '../theme/base.ts';
import { windowTokens } from '../theme/window-tokens.ts';

/**
 * Three dots in a bubble: somebody is typing. Says so in words to screen readers that come by; it does not interrupt them.
 *
 * @csspart bubble - The bubble.
 */
export class SahayTypingIndicator extends SahayElement {
  static override styles = [
    windowTokens,
    base,
    css`
      :host {
        display: block;
      }
      .bubble {
        display: flex;
        gap: 5px;
        inline-size: fit-content;
        padding: 14px;
        border: 1px solid transparent;
        border-radius: var(--_radius-bubble);
        border-end-start-radius: var(--_radius-tail);
        background: var(--_agent);
        box-shadow: var(--_lift);
      }
      i {
        inline-size: 7px;
        block-size: 7px;
        border-radius: 50%;
        background: var(--_muted);
        opacity: 0.45;
        animation: wave 1.4s var(--_ease) infinite;
      }
      i:nth-child(2) {
        animation-delay: 0.18s;
      }
      i:nth-child(3) {
        animation-delay: 0.36s;
      }
      @keyframes wave {
        0%,
        60%,
        100% {
          opacity: 0.45;
        }
        30% {
          opacity: 1;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        i {
          animation: none;
        }
        i:nth-child(2) {
          opacity: 0.9;
        }
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    name: {},
    count: { type: Number },
  };

  /** Who is typing; without a name it is "someone". */
  name = '';
  /** How many are typing. */
  count = 1;

  protected override render(): TemplateResult {
    const words =
      this.count > 1
        ? this.text('typingSeveral')
        : this.name
          ? this.text('typing', { name: this.name })
          : this.text('typingSomeone');
    return html`<div class="bubble" part="bubble"><i></i><i></i><i></i></div>
      <span class="hidden-visually">${words}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-typing-indicator': SahayTypingIndicator;
  }
}
