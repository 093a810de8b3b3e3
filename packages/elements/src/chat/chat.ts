import type {
  ConnectionSnapshot,
  ConversationHandle,
  ConversationView,
  MessageContent,
  SupportClient,
  UserView,
} from '@sahay/client';
import {
  defaultLimits,
  type Availability,
  type Capability,
  type Participant,
  type VisitorSettings,
} from '@sahay/protocol';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { SahayComposer, ComposerSendDetail, ComposerTypingDetail } from '../composer/composer.ts';
import { ReadableController } from '../controllers/readable-controller.ts';
import { headerStyles, statusLine, windowHeader, type HeaderActs } from '../header/window-header.ts';
import { bannerStyles } from '../banner/banner.styles.ts';
import { alertIcon } from '../icons/window-icons.ts';
import type { Announcer } from '../internal/announcer.ts';
import { isUnreachable } from '../internal/is-unreachable.ts';
import type { Listens } from '../internal/listens.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { warnOnce } from '../internal/warn-once.ts';
import type { EndChangeDetail, SahayMessageList } from '../message-list/message-list.ts';
import { load, renderer, wearFaces, type Renderers } from '../message/lazy-renderers.ts';
import type { QuickReplyDetail } from '../message/row-context.ts';
import { avatarFrame } from '../theme/avatar-frame.ts';
import { base } from '../theme/base.ts';
import { windowControls } from '../theme/window-controls.ts';
import { colorScheme, windowTokens } from '../theme/window-tokens.ts';
import { connectionBanner, hasConversationBanner, type ChatBanner } from './banner-of.ts';
import type {
  BeforeSendDetail,
  ChatErrorDetail,
  SahayChatEventMap,
  SendDetail,
  UnreadChangeDetail,
} from './chat-events.ts';
import { chatStyles } from './chat.styles.ts';
import { sharedClient } from './client-registry.ts';
import { composerParts, listParts } from './exported-parts.ts';
import type { ChatRoom } from './later.ts';
import type { TranscriptVoice } from './transcript-voice.ts';
import { VisibilityController } from './visibility-controller.ts';
import { WelcomeController } from './welcome-controller.ts';

/** While an answer streams in, redraws come at most this often, in milliseconds: more cannot be seen. */
const streamPace = 60;
/** And in a burst of other events once a frame: laying out each by itself costs most of the time. */
const frame = 16;
/** How long it takes until what could not be reached is tried again, in milliseconds. */
const pause = 3_000;
const personReply = 'person';
const house: Participant = { id: 'sahay', role: 'bot' };

/**
 * The chat window: greeting, transcript, composer. It owns nothing: removed and put back, it shows the conversation as it
 * stands. Opening it sends nothing; the first message or suggested reply starts the conversation.
 *
 * @example
 * <sahay-chat server="https://support.example.com" locale="bn"></sahay-chat>
 *
 * @tagname sahay-chat
 * @fires {CustomEvent} sahay-ready - The window is drawn and can be used.
 * @fires {CustomEvent<BeforeSendDetail>} sahay-before-send - A message is about to be sent; cancel the event to keep it in the field.
 * @fires {CustomEvent<SendDetail>} sahay-send - A message was taken; it will arrive, once.
 * @fires {CustomEvent<UnreadChangeDetail>} sahay-unread-change - The number of unread messages changed.
 * @fires {CustomEvent<ChatErrorDetail>} sahay-error - Something a person asked for could not be done.
 * @fires {CustomEvent<PartDetail>} sahay-part - A part of the page's own (`x-…`) is shown and no renderer draws it; cancel the event and append an element with its `slot` to do so.
 * @fires {CustomEvent<ActionDetail>} sahay-action - A button of a message was pressed; cancel the event to do yourself what it stands for.
 * @fires {CustomEvent<FormSubmitDetail>} sahay-form-submit - The answers of a form are about to be sent; cancel the event to send them yourself.
 * @fires {CustomEvent} sahay-close - The button that closes the window was pressed (only with `closable`).
 * @slot part-<message>-<part> - What the page draws in place of a part of its own, see `sahay-part`.
 * @csspart header - The head of the window.
 * @csspart transcript - The list of messages.
 * @csspart banner - The line above the composer: offline, waiting, closed.
 * @csspart composer - Where messages are written.
 * @csspart survey - The survey after the end.
 * @csspart title - The heading.
 * @csspart status - The line below it.
 * @csspart menu - The menu, while it is open.
 * @csspart minimize - The button that closes the window.
 * @csspart message, bubble, author, meta, image, file, citation, card, form, notice, day, feedback, quick-replies, jump - Of the list of messages, see `<sahay-message-list>`.
 * @csspart field, input, send, attach, hint, emoji, record, dictate - Of the composer, see `<sahay-composer>`.
 * @cssprop [--sahay-accent=#0b6452] - The brand's colour; everything else follows.
 * @cssprop [--sahay-surface=#f4f2ee] - The ground of the conversation.
 * @cssprop [--sahay-radius=16px] - Roundness of the window.
 * @cssprop [--sahay-radius-bubble=18px] - Roundness of the bubbles.
 */
export class SahayChat extends SahayElement {
  /** What can be styled of the elements within it. */
  static readonly innerParts = `${listParts},${composerParts}`;
  static override styles = [
    windowTokens,
    colorScheme,
    base,
    avatarFrame,
    windowControls,
    headerStyles,
    bannerStyles,
    chatStyles,
  ];
  static override properties: PropertyDeclarations = {
    server: {},
    heading: {},
    closable: { type: Boolean },
    client: { attribute: false },
    problem: { state: true, attribute: false },
  };

  declare addEventListener: Listens<SahayChatEventMap>;
  declare removeEventListener: Listens<SahayChatEventMap>;

  /** The Sahay server's address. Default: the page's own origin. Not used when `client` is set. */
  server: string | undefined;
  /** The window's title. Default: "Support", in the language in use. */
  heading = '';
  /** Offers a button that asks for the window to be closed. */
  closable = false;
  /** The client to talk through. Default: the page's shared client of `server`. */
  client: SupportClient | undefined;

  get #composerElement(): SahayComposer | null {
    return this.renderRoot.querySelector<SahayComposer>('sahay-composer');
  }
  get #list(): SahayMessageList | null {
    return this.renderRoot.querySelector<SahayMessageList>('sahay-message-list');
  }
  /** Something that failed, in words, until the next attempt. */
  private problem = '';
  /** How often what had failed was left behind: only what failed since is tried again. */
  #rests = 0;

  readonly #conversation = new ReadableController<ConversationView>(this, (view) =>
    view.messages.at(-1)?.message.status === 'streaming' ? streamPace : frame,
  );
  readonly #connection = new ReadableController<ConnectionSnapshot>(this);
  readonly #user = new ReadableController<UserView>(this);
  readonly #welcome = new WelcomeController(this);
  readonly #visibility = new VisibilityController(this);
  #voice: TranscriptVoice | undefined;
  #announcer: Announcer | undefined;
  #client: SupportClient | undefined;
  #handle: ConversationHandle | undefined;
  /** Whether the conversation began under our eyes: then the greeting stands above it until it is recorded. */
  #begunHere = false;
  /** The conversation that was left behind by "start a new one". */
  #leftBehind: string | undefined;
  #unread = 0;

  /** The conversation shown; absent before there is one. */
  get conversation(): ConversationHandle | undefined {
    return this.#handle;
  }

  /** The client in use: `client`, or the page's shared one. */
  get currentClient(): SupportClient | undefined {
    return this.#client;
  }

  /** What its backend can do; absent before there is one. */
  get capabilities(): ReadonlySet<Capability> | undefined {
    return this.#client?.capabilities;
  }

  /** How many messages have not been read. */
  get unreadCount(): number {
    return this.#unread;
  }

  /** Puts the cursor where a message is written. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => (this.#composerElement ?? this.#list)?.focus(options));
  }

  /**
   * Says something, as if it had been written in the composer.
   *
   * @param content what is sent in place of the text alone, such as the text after a quote
   * @returns Whether it was taken; not when a listener cancelled `sahay-before-send`.
   */
  async send(text: string, content?: MessageContent): Promise<boolean> {
    if (!this.fire('sahay-before-send', { text } satisfies BeforeSendDetail, true)) return false;
    await this.#passed();
    const handle = this.#begin();
    this.#rest();
    const { key } = await handle.send(content ?? text);
    this.#conversation.refresh();
    this.fire('sahay-send', { text, key, conversationId: handle.id } satisfies SendDetail);
    return true;
  }

  /** Leaves the conversation where it is and shows the greeting again; the next message starts a new one. */
  startNew(): void {
    this.#leave();
    this.focus();
  }

  #leave(handle?: ConversationHandle): void {
    this.#leftBehind = this.#client?.conversations.current()?.id;
    this.#show(handle);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#announcer?.clear();
    this.#rest();
  }

  /** What failed is neither said nor tried again any more. */
  #rest(): void {
    this.#rests++;
    this.problem = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.#client || changed.has('client') || changed.has('server')) this.#connect();
    this.#adopt();
    const { code } = this.#conversation.value?.problem ?? {};
    if (code === 'not_found' || code === 'cancelled') this.#giveUp();
    const view = this.#conversation.value;
    // Before anybody looks at it, nothing is asked of the server either.
    if (this.#client && this.#visibility.visible && (!view || view.phase === 'new' || this.#begunHere)) {
      void this.#welcome.ask(this.#client, this.localized);
    }
  }

  #connect(): void {
    let client: SupportClient;
    try {
      client = this.client ?? sharedClient(this.server ?? location.origin, this.localeTag);
    } catch (error) {
      // A wrong address is the host page's mistake: said to its author, while the visitor sees a window that explains itself.
      warnOnce(`server=${this.server}`, `<${this.localName} server="${this.server}"> cannot be used.`, error);
      return;
    }
    if (client === this.#client) return;
    this.#client = client;
    this.#welcome.forget();
    this.#rest();
    this.#connection.source = client.connection;
    this.#user.source = client.user;
    this.#leftBehind = undefined;
    this.#show(undefined);
    void client.ready.then(() => this.requestUpdate());
    // The link of an e-mail, or to a message, leads back to its conversation.
    if (/[#&?]sahay-c/.test(location.href))
      void this.#try(async () => (await load('around')).continueHere(this.#room));
  }

  /** Shows the visitor's open conversation, whichever tab or visit it comes from. */
  #adopt(): void {
    if (this.#handle) return;
    const current = this.#client?.conversations.current();
    if (current && current.id !== this.#leftBehind) this.#show(current);
  }

  /** It is not there any more, erased from another tab or page, or she whose it is has gone: the window goes on with what there is. */
  #giveUp(): void {
    this.#leftBehind = this.#handle?.id;
    this.#show(undefined);
    this.#adopt();
  }

  #show(handle: ConversationHandle | undefined): void {
    if (this.#handle && this.#handle !== handle) this.#rest();
    this.#handle = handle;
    this.#begunHere = false;
    this.#conversation.source = handle;
  }

  #begin(): ConversationHandle {
    if (!this.#handle) {
      this.#show(this.#client!.conversations.create());
      this.#begunHere = true;
    }
    return this.#handle!;
  }

  protected override firstUpdated(): void {
    this.#takeOver();
    this.fire('sahay-ready');
  }

  /** What a server drew has stood until now. Its stylesheet stays, as the mark before which Lit draws; what was written meanwhile goes on. */
  #takeOver(): void {
    const link = this.renderOptions.renderBefore;
    const field = this.renderRoot.querySelector('.served-composer')?.shadowRoot?.querySelector('textarea');
    if (field?.value) this.#composerElement?.giveBack(field.value);
    if (field?.matches(':focus')) this.focus();
    while (link?.nextSibling) link.nextSibling.remove();
  }

  protected override updated(): void {
    wearFaces(this.shadowRoot);
    const view = this.#conversation.value;
    if (view) this.#speak(view);
    const unread = view?.unreadCount ?? 0;
    const list = this.#list;
    if (unread > 0 && list?.following && this.#visibility.visible) {
      list.news = unread;
      list.requestUpdate();
      this.#handle?.markRead();
    }
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.fire('sahay-unread-change', { count: unread } satisfies UnreadChangeDetail);
  }

  /** Reads aloud what is news. */
  #speak(view: ConversationView): void {
    const voice = renderer('voice', () => this.requestUpdate());
    if (!voice) return;
    this.#announcer ??= new voice.Announcer(this.renderRoot);
    this.#voice ??= new voice.TranscriptVoice(() => this.#room);
    this.#voice.follow(view, this.#announcer, this.localized, this.#begunHere);
  }

  protected override render(): TemplateResult {
    const view = this.#conversation.value;
    return html`<div class="window" @sahay-attempt=${this.#answer}>
        ${this.#header(view)}${this.#transcript(view)}${this.#banner(view)}${this.#composer(view)}
      </div>
      ${(['polite', 'assertive'] as const).map(liveRegion)}`;
  }

  #header(view: ConversationView | undefined): TemplateResult {
    const agent = agentOf(view);
    const facts = {
      heading: this.heading,
      status: statusLine(this.#status(view, agent), agent !== undefined),
      face: agent ?? house,
      actions: [],
      closable: this.closable,
      locale: this.localized,
    };
    return html`<div class="header" part="header">${windowHeader(facts, this.#headerActs)}</div>`;
  }

  readonly #headerActs: HeaderActs = {
    choose: (id) => this.#act(id),
    minimize: () => this.fire('sahay-close'),
    arrived: () => this.requestUpdate(),
    more: async () => (await load('around')).entries(this.#room),
  };

  /** Who answers. What is not known is not claimed. */
  #status(view: ConversationView | undefined, agent: Participant | undefined): string {
    const { strings } = this.localized;
    if (agent?.name) return this.text('statusAgent', { name: agent.name });
    if (this.#byBot(view)) return strings.statusBot;
    const { open } = this.#availability(view) ?? {};
    return open === undefined ? '' : open ? strings.statusOnline : strings.statusAway;
  }

  #byBot(view: ConversationView | undefined): boolean {
    const { assignment } = view?.conversation ?? {};
    return assignment
      ? assignment.state === 'bot'
      : (view?.messages.at(0) ?? this.#welcome.view)?.message.author.role === 'bot';
  }

  get #settings(): VisitorSettings | undefined {
    return this.#user.value?.settings ?? this.#welcome.settings;
  }

  /** Whether there may be something to ask before a visitor begins. */
  get #asks(): boolean {
    const settings = this.#settings;
    return Boolean(settings?.preChat ?? settings?.consent);
  }

  /** Resolves once all that is asked first has been answered. */
  async #passed(): Promise<void> {
    // Whoever writes at once goes on with what this browser holds; what is asked comes with the greeting.
    if (!this.#handle && this.#client) {
      await this.#client.ready;
      this.#adopt();
      await this.#welcome.ask(this.#client, this.localized);
    }
    if (this.#asks) await (await load('begin')).passage(this.#room);
  }

  #availability(view: ConversationView | undefined): Availability | undefined {
    return view?.availability ?? this.#user.value?.availability ?? this.#welcome.availability;
  }

  #transcript(view: ConversationView | undefined): TemplateResult {
    const greeting = this.#greeting(view);
    const answered = view?.conversation?.status === 'open' && this.#client?.capabilities.has('feedback');
    return html`<sahay-message-list
      part="transcript"
      exportparts=${listParts}
      .messages=${view?.messages ?? []}
      .greeting=${greeting}
      .typing=${view?.typing ?? []}
      .hasEarlier=${view?.hasEarlier ?? false}
      .loadingEarlier=${view?.loadingEarlier ?? false}
      .loading=${this.#client !== undefined && (view?.phase === 'loading' || (!greeting && !view?.messages.length))}
      .feedback=${answered ?? false}
      .resolveAttachment=${this.#resolveAttachment}
      @sahay-end-change=${(event: CustomEvent<EndChangeDetail>) => event.detail.atEnd && this.requestUpdate()}
      @sahay-load-earlier=${this.#answer}
      @sahay-retry=${this.#answer}
      @sahay-discard=${this.#answer}
      @sahay-feedback=${this.#answer}
      @sahay-open-citation=${this.#answer}
      @sahay-quick-reply=${(event: CustomEvent<QuickReplyDetail>) => this.#reply(event.detail)}
      >${this.#survey(view)}</sahay-message-list
    >`;
  }

  /** Until the greeting is part of the record, the one that was shown stays. */
  #greeting(view: ConversationView | undefined): WelcomeController['view'] {
    if (!view) return this.#welcome.view;
    const first = view.messages.at(0);
    return this.#begunHere && (!first || first.own) ? this.#welcome.view : undefined;
  }

  readonly #resolveAttachment = (id: string): Promise<string> => this.#handle!.attachmentUrl(id);

  #survey(view: ConversationView | undefined): TemplateResult | undefined {
    if (view?.conversation?.status !== 'closed') return undefined;
    return this.#later?.survey(view, this.#room);
  }

  /** What most conversations never need. */
  get #later(): Renderers['later'] | undefined {
    const later = renderer('later', () => this.requestUpdate());
    later?.furnish(this.#room);
    return later;
  }

  /** The window as the parts see it that arrive later. */
  get #room(): ChatRoom {
    return {
      root: this.shadowRoot!,
      locale: this.localized,
      formats: this.formats,
      client: this.#client,
      handle: this.#handle,
      composer: this.#composerElement,
      settings: this.#settings,
      welcomed: this.#welcome.answered,
      begin: () => this.#begin(),
      startNew: () => this.startNew(),
      show: (handle) => this.#leave(handle),
      send: (text, content) => this.send(text, content),
      say: (words) => this.#announcer?.announce(words),
      attempt: (action) => this.#try(action),
      failed: (error, words) => this.#failed(error, words),
    };
  }

  /** What failed does not hide how the conversation stands, nor what can be done about that. */
  #banner(view: ConversationView | undefined): unknown {
    const { problem } = this;
    const banner = this.#bannerOf(view);
    return [
      problem && this.#line({ kind: 'problem', text: problem }),
      banner && !(problem && banner.kind === 'connection') ? this.#line(banner) : nothing,
    ];
  }

  #line({ kind, text, icon = alertIcon(), action }: ChatBanner): TemplateResult {
    // Its words speak for themselves, without the names of its buttons.
    return html`<div class="banner ${kind}" part="banner">
      ${text ? html`<div class="words" role=${kind === 'problem' ? 'alert' : kind === 'closed' ? nothing : 'status'}>${icon}<span>${text}</span></div>` : nothing}${action}
    </div>`;
  }

  /** The one thing most worth saying: no network, the end of it all, then the wait. */
  #bannerOf(view: ConversationView | undefined): ChatBanner | undefined {
    const facts = {
      connection: this.#connection.value,
      view,
      availability: this.#availability(view),
      byBot: this.#byBot(view),
    };
    const lost = connectionBanner(facts.connection, this.localized.strings);
    if (lost || !hasConversationBanner(facts)) return lost;
    return this.#later?.conversationBanner(facts, this.#room);
  }

  #composer(view: ConversationView | undefined): TemplateResult | typeof nothing {
    if (view?.conversation?.status === 'closed') return nothing;
    if (this.#asks) {
      const begin = renderer('begin', () => this.requestUpdate());
      // Before it is known what is asked, nothing can be begun.
      if (!begin) return nothing;
      const form = begin.preChat(view, this.#settings!, this.#room, this.#availability(view)?.open);
      if (form) return form;
    }
    return html`<sahay-composer
      part="composer"
      exportparts=${composerParts}
      .attachments=${this.#client?.capabilities.has('attachments') ?? false}
      .accept=${defaultLimits.attachmentTypes.join(',')}
      .draft=${this.#handle?.id}
      .disabledReason=${this.#client ? '' : this.localized.strings.errorUnreachable}
      @sahay-compose=${this.#compose}
      @sahay-files=${this.#answer}
      @sahay-typing=${(event: CustomEvent<ComposerTypingDetail>) => this.#handle?.typing(event.detail.active)}
    ></sahay-composer>`;
  }

  /** What most conversations never ask for is done by what arrives later. */
  readonly #answer = (event: Event): void => {
    void this.#try(async () => (await load('later')).answer(event, this.#room));
  };

  readonly #compose = (event: CustomEvent<ComposerSendDetail>): void => {
    // The field is free at once, or a second Enter would send the same again; what is not taken comes back.
    const composer = event.currentTarget as SahayComposer;
    const { text } = event.detail;
    this.send(text).then(
      (taken) => taken || composer.giveBack(text),
      (error: unknown) => {
        composer.giveBack(text);
        this.#failed(error);
      },
    );
  };

  #reply({ id, value }: QuickReplyDetail): void {
    if (id === personReply && this.#client?.capabilities.has('handoff')) this.#act('handoff');
    else void this.#try(() => this.send(value));
    this.focus();
  }

  #act(id: string): void {
    void this.#try(async () => (await load('around')).act(id, this.#room));
  }

  /**
   * Does what a person asked for; when that fails, says so to her and to the host page. What cannot be reached is tried again as long as that is
   * what is said.
   *
   * @param said what is said already
   */
  async #try(action: () => Promise<unknown> | undefined, said = ''): Promise<void> {
    try {
      this.problem = said;
      await action();
      if (this.problem === said) this.problem = '';
    } catch (error) {
      const unreachable = isUnreachable(error);
      if (!said || !unreachable) this.#failed(error);
      const { problem } = this;
      const rests = this.#rests;
      const again = (): void =>
        void (this.#rests === rests && this.problem === problem && this.#try(action, problem));
      if (unreachable && this.isConnected) setTimeout(again, pause);
    }
  }

  #failed(
    error: unknown,
    words = this.localized.strings[isUnreachable(error) ? 'errorUnreachable' : 'errorUnknown'],
  ): void {
    this.problem = words || this.problem;
    this.fire('sahay-error', { error } satisfies ChatErrorDetail);
  }
}

/** Screen readers hear only what comes into regions that stand there already; what fills them arrives later. */
function liveRegion(live: 'polite' | 'assertive'): TemplateResult {
  return html`<div class="voice hidden-visually" aria-live=${live} aria-relevant="additions"></div>`;
}

/** The person who has the conversation. */
function agentOf(view: ConversationView | undefined): Participant | undefined {
  const { assignment, participants } = view?.conversation ?? {};
  if (assignment?.state !== 'assigned') return undefined;
  return participants?.find(({ id }) => id === assignment.controlledBy);
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-chat': SahayChat;
  }
}
