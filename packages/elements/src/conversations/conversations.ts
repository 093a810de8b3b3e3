import type { UserView } from '@sahay/client';
import type { ConversationSummary } from '@sahay/protocol';
import { css, html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { ReadableController } from '../controllers/readable-controller.ts';
import { plusIcon } from '../icons/late-icons.ts';
import { PanelElement } from '../panel/panel-element.ts';
import { LastWords } from './last-words.ts';

/** Which conversation was chosen; none: a new one. */
export interface ChooseConversationDetail {
  conversationId: string | undefined;
}

/**
 * The visitor's conversations, the latest first, for those who have several: each with what was said last in it, and when it began.
 *
 * @example
 * <sahay-conversations></sahay-conversations>
 *
 * @tagname sahay-conversations
 * @fires {CustomEvent<ChooseConversationDetail>} sahay-choose - One was chosen, or a new one was asked for.
 * @fires {CustomEvent} sahay-back - The visitor wants to go back.
 * @csspart panel - What can be scrolled.
 */
export class SahayConversations extends PanelElement {
  static override styles = [
    ...[PanelElement.styles].flat(),
    css`
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--_space-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li .button {
        inline-size: 100%;
        min-block-size: 56px;
        flex-direction: column;
        align-items: flex-start;
        gap: 0;
        padding: var(--_space-2) var(--_space-3);
      }
      li .button[aria-current='true'] {
        border-color: var(--_link);
      }
      .words {
        max-inline-size: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      small {
        color: var(--_muted);
        font-size: var(--_text-s);
        font-weight: 400;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    shown: {},
  };

  /** The id of the conversation that is shown now. */
  shown: string | undefined;
  readonly #user = new ReadableController<UserView>(this);
  #words: LastWords | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('client')) return;
    this.#user.source = this.client?.user;
    this.#words = this.client && new LastWords(this.client, () => this.requestUpdate());
  }

  protected override get heading(): string {
    return this.localized.strings.yourConversations;
  }

  protected override content(): TemplateResult {
    const { strings } = this.localized;
    const conversations = [...(this.#user.value?.conversations ?? [])].sort((a, b) =>
      a.startedAt < b.startedAt ? 1 : -1,
    );
    return html`<div class="stack">
        <button type="button" class="button primary" @click=${() => this.#choose(undefined)}>
          ${plusIcon()}${strings.startNew}
        </button>
      </div>
      ${
        conversations.length > 0
          ? html`<ul>
              ${conversations.map((one) => this.#row(one))}
            </ul>`
          : html`<p class="quiet-text">${strings.conversationsNone}</p>`
      }`;
  }

  #row({ conversationId, status, startedAt }: ConversationSummary): TemplateResult {
    const { conversationOpen, conversationEnded, conversationShown } = this.localized.strings;
    const isShown = conversationId === this.shown;
    const began = this.formats.date(Date.parse(startedAt), { dateStyle: 'medium', timeStyle: 'short' });
    const words = this.#words?.of(conversationId, this.localized);
    return html`<li>
      <button
        type="button"
        class="button"
        aria-current=${isShown ? 'true' : 'false'}
        @click=${() => this.#choose(conversationId)}
      >
        <span class="words" dir="auto">${words || began}</span>
        <small
          >${words ? html`${began} · ` : nothing}${status === 'open' ? conversationOpen : conversationEnded}${isShown ? html` · ${conversationShown}` : nothing}</small
        >
      </button>
    </li>`;
  }

  #choose(conversationId: string | undefined): void {
    this.fire('sahay-choose', { conversationId } satisfies ChooseConversationDetail);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-conversations': SahayConversations;
  }
}
