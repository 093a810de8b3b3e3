import type { ConversationHandle } from '@sahay/client';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { checkIcon } from '../icons/window-icons.ts';
import { downloadIcon } from '../icons/late-icons.ts';
import { PanelElement } from '../panel/panel-element.ts';
import { saveFile } from '../panel/save-file.ts';

/** The forms of a transcript, with their media types. */
const forms = { html: 'text/html', text: 'text/plain', json: 'application/json' } as const;
const endings = { html: 'html', text: 'txt', json: 'json' } as const;
type Form = keyof typeof forms;

/**
 * Gives the visitor what was said to keep: to read, to print, or as data whose chain of checksums shows a later change.
 *
 * @tagname sahay-transcript-download
 * @fires {CustomEvent} sahay-back - The visitor wants to go back.
 * @csspart panel - What can be scrolled.
 */
export class SahayTranscriptDownload extends PanelElement {
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    saved: { state: true, attribute: false },
  };

  /** The conversation. */
  conversation: ConversationHandle | undefined;
  private saved = '';

  protected override get heading(): string {
    return this.localized.strings.saveConversation;
  }

  protected override content(): TemplateResult {
    const { strings } = this.localized;
    const words = { html: strings.saveHtml, text: strings.saveText, json: strings.saveJson };
    return html`<p>${strings.saveExplained}</p>
      <div class="stack">
        ${(Object.keys(forms) as Form[]).map(
          (form) =>
            html`<button type="button" class="button" ?disabled=${this.busy} @click=${() => this.#save(form)}>
              ${downloadIcon()}${words[form]}
            </button>`,
        )}
      </div>
      <p class="quiet-text">${strings.saveSealed}</p>
      <div role="status">
        ${this.saved ? html`<p class="done">${checkIcon()}${this.text('savedFile', { name: this.saved })}</p>` : nothing}
      </div>`;
  }

  async #save(form: Form): Promise<void> {
    const { conversation } = this;
    if (!conversation) return;
    this.saved = '';
    await this.attempt(async () => {
      const file = await conversation.transcript(form, this.localeTag);
      const name = `conversation-${new Date().toISOString().slice(0, 10)}.${endings[form]}`;
      saveFile(name, file, forms[form]);
      this.saved = name;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-transcript-download': SahayTranscriptDownload;
  }
}
