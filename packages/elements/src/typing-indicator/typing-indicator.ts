import { css, type PropertyDeclarations, type TemplateResult } from 'lit';
import { SahayElement } from '../internal/sahay-element.ts';
import { bubbleStyles } from '../message/message.styles.ts';
import { base } from '../theme/base.ts';
import { windowTokens } from '../theme/window-tokens.ts';
import { typingDots, typingStyles, typingWords } from './typing-dots.ts';

/**
 * Three dots in a bubble: somebody is typing. Says so in words to screen readers that come by; it does not interrupt them.
 *
 * @csspart bubble - The bubble.
 */
export class SahayTypingIndicator extends SahayElement {
  static override styles = [
    windowTokens,
    base,
    bubbleStyles,
    typingStyles,
    css`
      :host {
        display: block;
      }
      .dots {
        inline-size: fit-content;
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
    return typingDots(typingWords(this.count, this.name, this.localized));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-typing-indicator': SahayTypingIndicator;
  }
}
