import type { ConversationHandle, ConversationView, SupportClient } from '@sahay/client';
import { chatIcon, closeIcon } from '@sahay/elements/icons';
import { ReadableController, rememberFocus, type Listens } from '@sahay/elements/internal';
import type { CitationDetail } from '@sahay/elements/leaf';
import { base, colorScheme, controls, tokens } from '@sahay/elements/theme';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ConsoleElement } from '../internal/console-element.ts';
import { visitorIn, visitorName } from '../internal/names.ts';
import { seenMessages } from '../internal/seen-messages.ts';
import { stepFor } from '../internal/roving.ts';
import { deskStyles } from './desk.styles.ts';
import { OpenConversations } from './open-conversations.ts';

/** Which conversation is on screen; none when the last tab was closed. */
export interface DeskSelectDetail {
  conversationId: string | undefined;
}

/** Which conversations have tabs. */
export interface DeskTabsDetail {
  openIds: string[];
}

/** What the events of the desk carry. */
export interface SahayDeskEventMap {
  'sahay-select': CustomEvent<DeskSelectDetail>;
  'sahay-tabs-change': CustomEvent<DeskTabsDetail>;
  'sahay-back': CustomEvent<unknown>;
  'sahay-error': CustomEvent<{ error: unknown }>;
}

/**
 * The place where one answers: several conversations open at once, each with its transcript, notes, traces and drafts, and the
 * details of the one on screen beside it.
 *
 * @example
 * desk.client = client;
 * inbox.addEventListener('sahay-select', ({ detail }) => desk.open(detail.conversationId));
 *
 * @tagname sahay-desk
 * @fires {CustomEvent<DeskSelectDetail>} sahay-select - Another conversation came on screen, or none is left.
 * @fires {CustomEvent<DeskTabsDetail>} sahay-tabs-change - A tab was opened or closed.
 * @fires {CustomEvent} sahay-back - The agent wants the list back (only with `back`).
 * @fires {CustomEvent<{ error: unknown }>} sahay-error - Something the agent asked for could not be done.
 * @slot empty - Shown while no conversation is open.
 * @csspart tabs - The tabs of the open conversations.
 * @csspart conversation - The conversation on screen.
 * @csspart details - What is known of the visitor and the conversation.
 * @cssprop [--sahay-accent=#0b6452] - The brand's colour; everything else follows.
 * @cssprop [--sahay-note=#fcefcf] - The ground of internal notes.
 * @cssprop [--sahay-visitor=#0b6452] - The bubbles of the agent's own words.
 */
export class SahayDesk extends ConsoleElement {
  static override styles = [tokens, colorScheme, base, controls, deskStyles];

  declare addEventListener: Listens<SahayDeskEventMap>;
  declare removeEventListener: Listens<SahayDeskEventMap>;

  /** The client of the agent who answers. */
  @property({ attribute: false }) client: SupportClient | undefined;
  /** The conversation on screen; setting it opens a tab. */
  @property({ attribute: 'conversation-id' }) conversationId: string | undefined;
  /** Offers a way back to the list (narrow screens). */
  @property({ type: Boolean }) back = false;
  /** Whether the details are open. */
  @property({ type: Boolean }) details = false;

  @state() private article: CitationDetail | undefined;
  readonly #open = new OpenConversations(this);
  readonly #active = new ReadableController<ConversationView>(this);
  #wanted: readonly string[] = [];
  #known = '';
  #giveBackFocus: ((fallback?: HTMLElement) => void) | undefined;

  /** The ids of the open conversations, in the order of their tabs; set it to open those of an earlier visit. */
  @property({ attribute: false })
  get openIds(): readonly string[] {
    return this.#open.handles.map(({ id }) => id);
  }
  set openIds(ids: readonly string[]) {
    this.#wanted = ids;
    this.requestUpdate();
  }

  /** Brings a conversation on screen, in a tab of its own. */
  open(conversationId: string): void {
    this.conversationId = conversationId;
  }

  /** Closes a tab; the conversation itself goes on. */
  closeTab(conversationId: string): void {
    const index = this.openIds.indexOf(conversationId);
    if (index < 0) return;
    this.#open.remove(conversationId);
    if (conversationId !== this.conversationId) return void this.requestUpdate();
    const ids = this.openIds;
    this.#show(ids[Math.min(index, ids.length - 1)]);
  }

  /** Puts the cursor where one writes. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('sahay-conversation[active]')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('client')) this.#open.clear();
    if (this.client) {
      for (const id of this.#wanted) this.#open.add(this.client, id);
      this.#wanted = [];
      if (this.conversationId) this.#open.add(this.client, this.conversationId);
    }
    this.#active.source = this.#open.handles.find(({ id }) => id === this.conversationId);
    if (changed.has('conversationId')) this.article = undefined;
  }

  protected override updated(): void {
    const { openIds } = this;
    const known = openIds.join(' ');
    if (known === this.#known) return;
    this.#known = known;
    this.fire('sahay-tabs-change', { openIds: [...openIds] } satisfies DeskTabsDetail);
  }

  protected override render(): TemplateResult {
    const { handles } = this.#open;
    if (!handles.length) return html`<slot name="empty">${this.#empty()}</slot>`;
    return html`${this.#tabs(handles)}
      <div class="work" ?data-details=${this.details}>
        <div class="conversations" role="tabpanel" id="panel" aria-labelledby=${`tab-${this.conversationId}`}>
          ${repeat(
            handles,
            ({ id }) => id,
            (handle) => this.#conversation(handle),
          )}
        </div>
        ${this.details ? this.#details() : nothing}
      </div>
      ${this.#article()}`;
  }

  #tabs(handles: readonly ConversationHandle[]): TemplateResult {
    // The buttons that close a tab are none of the tab list's own, so it names its tabs.
    return html`<div class="tabs" part="tabs" @keydown=${this.#tabKey}>
      <span
        role="tablist"
        aria-label=${this.words.strings.openConversations}
        aria-owns=${handles.map(({ id }) => `tab-${id}`).join(' ')}
      ></span>
      ${repeat(
        handles,
        ({ id }) => id,
        (handle) => this.#tab(handle),
      )}
    </div>`;
  }

  #tab(handle: ConversationHandle): TemplateResult {
    const view = handle.getSnapshot();
    const { strings } = this.words;
    const selected = handle.id === this.conversationId;
    const name = visitorName(visitorIn(view), this.words);
    const unread = selected || !this.client ? 0 : seenMessages(this.client).countNew(view);
    return html`<div class="tab" ?data-selected=${selected}>
      <button
        type="button"
        role="tab"
        id=${`tab-${handle.id}`}
        data-id=${handle.id}
        aria-selected=${selected ? 'true' : 'false'}
        aria-controls="panel"
        aria-keyshortcuts="Delete"
        tabindex=${selected ? 0 : -1}
        @click=${() => this.#show(handle.id)}
        @auxclick=${(event: MouseEvent) => event.button === 1 && this.closeTab(handle.id)}
      >
        <bdi>${name}</bdi>${
          unread
            ? html`<b class="unread"
                ><span aria-hidden="true">${this.formats.number(unread)}</span
                ><span class="hidden-visually">${this.words.text('newMessages', { count: unread })}</span></b
              >`
            : nothing
        }
      </button>
      <button
        type="button"
        class="close"
        tabindex="-1"
        aria-label=${this.words.text('closeTab', { name })}
        title=${strings.close}
        @click=${() => this.closeTab(handle.id)}
      >
        ${closeIcon()}
      </button>
    </div>`;
  }

  readonly #tabKey = (event: KeyboardEvent): void => {
    const id = (event.target as HTMLElement).dataset.id;
    if (id === undefined) return;
    const ids = this.openIds;
    if (event.key === 'Delete') this.closeTab(id);
    else {
      const to = stepFor(event, ids.indexOf(id), ids.length, 'inline');
      if (to === undefined) return;
      this.#show(ids[to]);
    }
    event.preventDefault();
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus(),
    );
  };

  #show(conversationId: string | undefined): void {
    if (conversationId === this.conversationId) return;
    this.conversationId = conversationId;
    this.fire('sahay-select', { conversationId } satisfies DeskSelectDetail);
  }

  #conversation(handle: ConversationHandle): TemplateResult {
    const active = handle.id === this.conversationId;
    return html`<sahay-conversation
      part="conversation"
      .client=${this.client}
      .handle=${handle}
      .back=${this.back}
      .details=${this.details}
      ?active=${active}
      ?inert=${!active || this.article !== undefined}
      @sahay-details=${this.#toggleDetails}
      @sahay-open-citation=${(event: CustomEvent<CitationDetail>) => this.#openArticle(event.detail)}
    ></sahay-conversation>`;
  }

  readonly #toggleDetails = (): void => {
    this.details = !this.details;
  };

  #details(): TemplateResult {
    return html`<sahay-context-panel
      part="details"
      .view=${this.#active.value}
      @sahay-back=${(event: Event) => {
        event.stopPropagation();
        this.details = false;
        void this.updateComplete.then(() => this.focus());
      }}
    ></sahay-context-panel>`;
  }

  #openArticle(citation: CitationDetail): void {
    if (!citation.articleId) return;
    this.#giveBackFocus = rememberFocus();
    this.article = citation;
  }

  #article(): TemplateResult | typeof nothing {
    if (!this.article) return nothing;
    return html`<sahay-article
      .client=${this.client}
      .source=${this.article}
      @sahay-back=${(event: Event) => {
        event.stopPropagation();
        this.article = undefined;
        void this.updateComplete.then(() => this.#giveBackFocus?.(this));
      }}
    ></sahay-article>`;
  }

  #empty(): TemplateResult {
    const { strings } = this.words;
    return html`<div class="empty">
      ${chatIcon()}
      <h2>${strings.nothingOpen}</h2>
      <p>${strings.nothingOpenHint}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-desk': SahayDesk;
  }
}
