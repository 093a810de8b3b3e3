import type { QuickReply } from '@sahay/protocol';
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { SahayElement } from '../internal/sahay-element.ts';
import { base } from '../theme/base.ts';
import { windowControls } from '../theme/window-controls.ts';
import { windowTokens } from '../theme/window-tokens.ts';
import { replyChips, replyStyles } from './reply-chips.ts';

/**
 * Answers offered to tap.
 *
 * @fires {CustomEvent<QuickReplyDetail>} sahay-quick-reply - One was chosen.
 * @csspart reply - One reply's button.
 */
export class SahayQuickReplies extends SahayElement {
  static override styles = [windowTokens, base, windowControls, replyStyles];
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
    return html`<div class="replies">
      ${replyChips(this.options, (reply) => this.fire('sahay-quick-reply', reply))}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-quick-replies': SahayQuickReplies;
  }
}
