import type {
  ConnectionSnapshot,
  ConversationHandle,
  ConversationView,
  InboxView,
  MessageList,
  MessageView,
  SupportClient,
  UserView,
} from '@sahay/client';
import { Announcer, ReadableController, TranscriptVoice } from '@sahay/elements/internal';
import type { CitationDetail, SahayMessageList } from '@sahay/elements/leaf';
import { avatar, base, controls, tokens } from '@sahay/elements/theme';
import type { AgentPresence, Note } from '@sahay/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { connectionWords } from '../internal/connection-words.ts';
import { ConsoleElement } from '../internal/console-element.ts';
import { draftsOf } from '../internal/drafts.ts';
import { visitorIn, visitorName } from '../internal/names.ts';
import { problemWords } from '../internal/problem-words.ts';
import { seenMessages } from '../internal/seen-messages.ts';
import { tellConnection } from '../internal/tell-connection.ts';
import type { PassedOnDetail } from '../pass-on/pass-on.ts';
import type { NoteDetail, ReplyProblemDetail, SahayReplyBox } from '../reply-box/reply-box.ts';
import { whyAnswerStyles } from '../why-answer/why-answer.styles.ts';
import { AgentViews } from './agent-views.ts';
import { annotation } from './annotation.ts';
import { annotationsOf } from './annotations.ts';
import { controlOf, whyNotWriting } from './control.ts';
import { conversationHeader, type HeaderAction } from './conversation-header.ts';
import { conversationStyles } from './conversation.styles.ts';

/** While an answer streams in, redraws come at most this often, in milliseconds: more cannot be seen. */
const streamPace = 60;

/**
 * One conversation as an agent works in it: who has it, what was said, notes and traces between the messages, and where one writes.
 *
 * @fires {CustomEvent} sahay-back - The agent wants the list (narrow screens).
 * @fires {CustomEvent} sahay-details - The agent wants the details, or has seen enough of them.
 * @fires {CustomEvent<CitationDetail>} sahay-open-citation - A source was asked for.
 * @fires {CustomEvent<{ error: unknown }>} sahay-error - Something the agent asked for could not be done.
 */
export class SahayConversation extends ConsoleElement {
  static override styles = [tokens, base, avatar, controls, whyAnswerStyles, conversationStyles];

  @property({ attribute: false }) client: SupportClient | undefined;
  @property({ attribute: false }) handle: ConversationHandle | undefined;
  /** Whether it is the one on screen: only then is it read. */
  @property({ type: Boolean }) active = false;
  /** Whether the details stand beside it. */
  @property({ type: Boolean }) details = false;
  /** Whether there is a way back to a list (narrow screens). */
  @property({ type: Boolean }) back = false;

  @query('sahay-message-list') private list!: SahayMessageList | null;
  @query('sahay-reply-box') private replyBox!: SahayReplyBox | null;
  @state() private problem = '';
  @state() private inviting = false;
  @state() private passing = false;
  @state() private pendingNotes: readonly Note[] = [];
  readonly #view = new ReadableController<ConversationView>(this, (view) =>
    view.messages.at(-1)?.message.status === 'streaming' ? streamPace : 0,
  );
  readonly #user = new ReadableController<UserView>(this);
  readonly #inbox = new ReadableController<InboxView>(this);
  readonly #connection = new ReadableController<ConnectionSnapshot>(this);
  readonly #voice = new TranscriptVoice();
  #announcer: Announcer | undefined;
  #views: AgentViews | undefined;
  #shown: readonly MessageView[] | undefined;
  #minted = 0;

  /** Puts the cursor where one writes, or on the transcript. */
  override focus(options?: FocusOptions): void {
    (this.replyBox ?? this.list)?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#seen);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#seen);
    this.#announcer?.clear();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('client')) {
      this.#user.source = this.client?.user;
      this.#inbox.source = this.client?.inbox;
      this.#connection.source = this.client?.connection;
    }
    if (changed.has('handle')) {
      this.#view.source = this.handle;
      this.inviting = this.passing = false;
    }
  }

  protected override firstUpdated(): void {
    this.#announcer = new Announcer(this.renderRoot);
  }

  protected override updated(): void {
    const view = this.#view.value;
    // Read as it stands there: the visitor by what she is called, and what happened from the agent's side.
    if (view && this.#announcer && this.active && this.#shown)
      this.#voice.follow({ ...view, messages: this.#shown }, this.#announcer, this.localized);
    const lost = connectionWords(this.#connection.value, this.words);
    if (this.active) tellConnection(this, this.client, this.#announcer, lost);
    this.#seen();
  }

  /** Marks as read what is on screen. */
  readonly #seen = (): void => {
    const view = this.#view.value;
    if (!this.active || document.visibilityState !== 'visible' || !view || !this.list?.following) return;
    const last = lastOfVisitor(view.messages);
    if (last && this.client) seenMessages(this.client).mark(view.id, last);
    // Only who answers tells the visitor that she was read; whoever looks on before that stays unseen.
    if (view.unreadCount > 0 && view.conversation?.assignment.controlledBy === this.#me)
      this.handle?.markRead();
  };

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#view.value;
    if (!view || !this.client) return nothing;
    return html`${this.#header(view)}${this.#transcript(view)}${this.#banner(view)}${this.#writing(view)}${this.#invite(view)}${this.#passOn(view)}`;
  }

  #header(view: ConversationView): TemplateResult {
    const { back, details, words } = this;
    const invites = this.client!.capabilities.has('invitations') && !view.conversation?.erasedAt;
    const around = {
      back,
      details,
      me: this.#me,
      words,
      gone: this.#isGone(view),
      here: this.#isHere,
      invites,
      colleagues: this.#colleagues.length > 0,
      agents: this.#inbox.value?.agents ?? [],
    };
    return conversationHeader(view, around, (action) => this.#act(action));
  }

  /** Whether the colleague who has it is not connected. Of one that nobody knows nothing is claimed. */
  #isGone({ conversation }: ConversationView): boolean {
    const { state, controlledBy } = conversation?.assignment ?? {};
    if (state !== 'assigned') return false;
    return this.#inbox.value?.agents.find(({ agent }) => agent.id === controlledBy)?.status === 'offline';
  }

  /** Whether the visitor is on the site; without a connection nobody knows. */
  get #isHere(): boolean | undefined {
    return this.#connection.value?.state === 'online' ? this.#view.value?.visitorOnline : undefined;
  }

  /** Who else is there; those who are online first. */
  get #colleagues(): readonly AgentPresence[] {
    const others = this.#inbox.value?.agents.filter(({ agent }) => agent.id !== this.#me) ?? [];
    return (['online', 'away'] as const).flatMap((wanted) =>
      others.filter(({ status }) => status === wanted),
    );
  }

  get #me(): string | undefined {
    return this.#user.value?.participant?.id;
  }

  #act(action: HeaderAction): void {
    const { handle } = this;
    if (action === 'back') return void this.fire('sahay-back');
    if (action === 'details') return void this.fire('sahay-details');
    if (action === 'invite') return void (this.inviting = true);
    if (action === 'pass-on') return void (this.passing = true);
    if (!handle) return;
    const work = {
      accept: () => handle.accept(),
      'take-over': () => handle.transfer({ toAgentId: this.#me }),
      'return-to-bot': () => handle.returnToBot(),
      queue: () => handle.transfer(),
      close: () => handle.close(),
      reopen: () => handle.reopen(),
    }[action];
    void this.#try(work).then((done) => {
      if (!done) return;
      // The button that was pressed goes with what it did.
      if (action === 'accept' || action === 'take-over' || action === 'reopen') this.replyBox?.focus();
      else this.list?.focus();
    });
  }

  #transcript(view: ConversationView): TemplateResult {
    const { words } = this;
    const reader = {
      words,
      me: this.#me,
      handoff: view.conversation?.handoff,
      visitor: visitorName(visitorIn(view), words),
    };
    if (!this.#views?.suits(reader)) this.#views = new AgentViews(reader);
    this.#shown = this.#views.of(view.messages);
    const annotations = annotationsOf(view, this.pendingNotes);
    const annotated = new Set(annotations.map(({ messageId }) => messageId).filter((id) => id !== undefined));
    return html`<sahay-message-list
      perspective="agent"
      .messages=${this.#shown}
      .annotated=${annotated}
      .typing=${view.typing.map((one) => (one.role === 'visitor' ? { ...one, name: one.name ?? reader.visitor } : one))}
      .hasEarlier=${view.hasEarlier}
      .loadingEarlier=${view.loadingEarlier}
      .loading=${view.phase === 'loading'}
      .resolveAttachment=${this.#resolveAttachment}
      @sahay-end-change=${this.#seen}
      @sahay-load-earlier=${() => this.#try(() => this.handle?.loadEarlier())}
      @sahay-retry=${(event: CustomEvent<{ key: string }>) => this.#try(() => this.handle?.retry(event.detail.key))}
      @sahay-discard=${(event: CustomEvent<{ key: string }>) => this.#try(() => this.handle?.discard(event.detail.key))}
      @sahay-open-citation=${(event: CustomEvent<CitationDetail>) => {
        // Said again by this element, so that what is inside it stays its own business.
        event.stopPropagation();
        this.fire('sahay-open-citation', event.detail);
      }}
      >${annotations.map((one) => annotation(one, { words, formats: this.formats, pending: this.pendingNotes }))}</sahay-message-list
    >`;
  }

  readonly #resolveAttachment = (id: string): Promise<string> => this.handle!.attachmentUrl(id);

  #banner(view: ConversationView): TemplateResult | typeof nothing {
    const { strings } = this.words;
    const lost = connectionWords(this.#connection.value, this.words);
    if (this.problem) {
      return html`<sahay-banner kind="problem" role="alert"
        >${this.problem}<button
          slot="action"
          type="button"
          class="button quiet"
          @click=${() => (this.problem = '')}
        >
          ${strings.dismiss}
        </button></sahay-banner
      >`;
    }
    if (view.phase === 'failed')
      return html`<sahay-banner kind="problem">${strings.failedToOpen}</sahay-banner>`;
    return lost ? html`<sahay-banner kind="connection">${lost}</sahay-banner>` : nothing;
  }

  #writing(view: ConversationView): TemplateResult | typeof nothing {
    const { conversation } = view;
    const { client, handle, words } = this;
    if (!conversation) return nothing;
    return html`<sahay-reply-box
      .client=${client}
      .handle=${handle}
      .name=${visitorName(visitorIn(view), words)}
      .disabledReason=${whyNotWriting(controlOf(conversation, this.#me), conversation, words, this.#isGone(view))}
      @sahay-note=${(event: CustomEvent<NoteDetail>) => this.#note(event.detail.text)}
      @sahay-problem=${(event: CustomEvent<ReplyProblemDetail>) =>
        this.#failed(event.detail.error, event.detail.text)}
    ></sahay-reply-box>`;
  }

  #invite({ id, conversation }: ConversationView): TemplateResult | typeof nothing {
    if (!this.inviting || !conversation) return nothing;
    return html`<sahay-invite
      .client=${this.client}
      .conversationId=${id}
      .name=${visitorName(conversation.visitor, this.words)}
      .here=${this.#isHere}
      @sahay-close=${() => {
        this.inviting = false;
      }}
    ></sahay-invite>`;
  }

  #passOn({ id, conversation }: ConversationView): TemplateResult | typeof nothing {
    if (!this.passing || !conversation || this.handle?.id !== id) return nothing;
    return html`<sahay-pass-on
      .handle=${this.handle}
      .name=${visitorName(conversation.visitor, this.words)}
      .colleagues=${this.#colleagues}
      @sahay-close=${({ detail }: CustomEvent<PassedOnDetail>) => {
        this.passing = false;
        // The button that led here goes with what was done.
        if (detail.done) this.list?.focus();
      }}
    ></sahay-pass-on>`;
  }

  /** The note is shown at once; when it is refused, its words go back to where they were written. */
  #note(text: string): void {
    const { handle, client } = this;
    const author = this.#user.value?.participant;
    if (!handle || !client || !author) return;
    this.problem = '';
    const note: Note = {
      noteId: `pending-${++this.#minted}`,
      author,
      text,
      createdAt: new Date().toISOString(),
    };
    this.pendingNotes = [...this.pendingNotes, note];
    handle
      .addNote(text)
      .catch((error: unknown) => {
        draftsOf(client).change(handle.id, { mode: 'note', note: text });
        this.replyBox?.reload();
        this.#failed(error, `${this.words.strings.noteNotSaved} ${problemWords(error, this.words)}`);
      })
      .finally(() => {
        this.pendingNotes = this.pendingNotes.filter(({ noteId }) => noteId !== note.noteId);
      });
  }

  /** Does what was asked for; when that fails, says so here and to the host page. Tells whether it was done. */
  async #try(action: () => Promise<unknown> | undefined): Promise<boolean> {
    this.problem = '';
    try {
      await action();
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  #failed(error: unknown, text?: string): void {
    this.problem = text ?? problemWords(error, this.words);
    this.fire('sahay-error', { error });
  }
}

/** The id of the visitor's latest message. */
function lastOfVisitor(messages: MessageList): string | undefined {
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages.at(index)?.message;
    if (message?.author.role === 'visitor') return message.id;
  }
  return undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-conversation': SahayConversation;
  }
}
