import type { ConversationHandle } from '@sahay/client';
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { PanelElement } from '../panel/panel-element.ts';

/**
 * Asks whether a conversation is to be ended, and ends it.
 *
 * @tagname sahay-end-conversation
 * @fires {CustomEvent} sahay-back - It was ended, or is to go on.
 * @csspart panel - What can be scrolled.
 */
export class SahayEndConversation extends PanelElement {
  static override properties: PropertyDeclarations = { conversation: { attribute: false } };

  /** The conversation. */
  conversation: ConversationHandle | undefined;

  protected override get heading(): string {
    return this.localized.strings.endQuestion;
  }

  protected override content(): TemplateResult {
    const { endExplained, endNow, cancel } = this.localized.strings;
    return html`<p>${endExplained}</p>
      <div class="buttons">
        <button type="button" class="button primary" ?disabled=${this.busy} @click=${this.#end}>
          ${endNow}
        </button>
        <button type="button" class="button" @click=${() => this.leave()}>${cancel}</button>
      </div>`;
  }

  readonly #end = async (): Promise<void> => {
    if (await this.attempt(async () => this.conversation?.close())) this.leave();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-end-conversation': SahayEndConversation;
  }
}
