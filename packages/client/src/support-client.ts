import type {
  AgentPresence,
  Availability,
  Capability,
  CommandDataMap,
  CommandResult,
  CommandType,
  Consent,
  ConversationSummary,
  DataExport,
  ErasureReceipt,
  EventType,
  InboxEntry,
  Invitation,
  LogEvent,
  Participant,
  Problem,
  VisitorSettings,
  Welcome,
} from '@sahay/protocol';
import type { Clock } from './clock.ts';
import type { ConnectionChange, GetToken, LinkRequestInit, LogConnector } from './connector/log-connector.ts';
import type { ConversationHandle } from './conversation-handle.ts';
import type { ClientEnvironment } from './environment.ts';
import type { ContinueOptions } from './data/continue-from.ts';
import type { Inspection } from './inspect/inspect.ts';
import type { Readable } from './readable.ts';
import type { TransportName } from './transport/transport.ts';
import type { ClientStorage } from './storage/client-storage.ts';

/** How a client is set up: `url` or `connector`, the rest is optional. */
export interface SupportClientOptions {
  /** A Sahay server; short for `connector: sahayConnector({ url })`. */
  url?: string | undefined;
  /** Another backend. */
  connector?: LogConnector | undefined;
  /** The language to be answered in (BCP 47). Default: the browser's, else `en`. */
  locale?: string | undefined;
  /** Default `visitor`. Agents need `getToken`. */
  role?: 'visitor' | 'agent' | undefined;
  /** A known visitor's or agent's token. Without it a visitor is anonymous. */
  getToken?: GetToken | undefined;
  /** Default: IndexedDB, and memory where the browser refuses it (`durable` says which). */
  storage?: ClientStorage | 'memory' | undefined;
  /** Separates clients that share an origin. Default: from the url. */
  namespace?: string | undefined;
  /** Injected for tests and unusual places. */
  clock?: Clock | undefined;
  /** 0 ≤ n < 1; spreads retries. */
  random?: (() => number) | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  webSocket?: typeof globalThis.WebSocket | undefined;
  /**
   * With `url`: the only ways frames may travel, best first. Default: `['websocket', 'sse', 'long-poll']`, the first that can
   * be established here.
   */
  transports?: readonly TransportName[] | undefined;
  environment?: ClientEnvironment | undefined;
}

/** Where the connection stands. */
export interface ConnectionSnapshot extends Readonly<ConnectionChange> {
  /** Whether what is written survives the page before the backend has it. */
  readonly durable: boolean;
}

/** What belongs to the user. */
export interface UserView {
  /** Who the backend says we are; absent before the first connection. */
  readonly participant?: Participant | undefined;
  readonly conversations: readonly ConversationSummary[];
  readonly consents: readonly Consent[];
  readonly invitations: readonly Invitation[];
  readonly availability?: Availability | undefined;
  /** What agents set for all visitors; absent until it changes or was told. The welcome has it too. */
  readonly settings?: VisitorSettings | undefined;
  /** The id of the conversation that `conversations.current()` returns. */
  readonly currentConversationId?: string | undefined;
}

/** What agents see of all conversations: those that wait first, longest first; then by their latest message. */
export interface InboxView {
  /** Whether the list has arrived. */
  readonly ready: boolean;
  readonly entries: readonly InboxEntry[];
  readonly agents: readonly AgentPresence[];
}

/** What `client.on` can hear: every protocol event by its name, and problems. */
export type ClientEventMap = { [K in EventType]: LogEvent<K> } & { problem: Problem };

/** The conversations of this client. */
export interface Conversations {
  /** A new conversation. Nothing is sent or stored before its first message. */
  create(): ConversationHandle;
  /** A conversation by its id; the same handle each time. */
  open(id: string, options?: { audience?: 'public' | 'staff' | undefined }): ConversationHandle;
  /** The visitor's latest conversation, until a day after its close; `undefined` when there is none, and before `ready`. */
  current(): ConversationHandle | undefined;
}

/** A support client. Make one a page, keep it, and `destroy` it when done. */
export interface SupportClient {
  /** Resolves once what this browser stored has been read; never rejects. */
  readonly ready: Promise<void>;
  readonly capabilities: ReadonlySet<Capability>;
  readonly connection: Readable<ConnectionSnapshot>;
  readonly user: Readable<UserView>;
  readonly conversations: Conversations;
  /** For agents. */
  readonly inbox: Readable<InboxView>;
  /** What to show before anything was said; needs no session, records nothing. `undefined` when the backend has none. */
  welcome(locale?: string): Promise<Welcome | undefined>;
  /** Gives a command; resolves once it is on the backend's disk. */
  command<T extends CommandType>(
    type: T,
    data: CommandDataMap[T],
    conversationId?: string,
  ): Promise<CommandResult>;
  /** An authorised request to the backend. Rejects with a `SahayError` unless the answer is a success. */
  fetch(path: string, init?: LinkRequestInit): Promise<Response>;
  /** Hears protocol events as they are applied, and problems. Returns the unsubscribe. */
  on<T extends keyof ClientEventMap>(type: T, listener: (event: ClientEventMap[T]) => void): () => void;
  /**
   * An anonymous visitor has signed in: from here on she is the one that `getToken` speaks for, and what she said belongs to
   * her. Resolves once the backend has made the two one.
   *
   * @throws SahayError `capability_absent`, `forbidden` when the client has a `getToken` already
   */
  identify(getToken: GetToken): Promise<void>;
  /**
   * Keeps a short text of the page's own, such as a draft, with what the client stores in this browser: it is there after a reload, and
   * gone with `logout()` or when somebody else signs in. Where storage is refused it lasts as long as the page; why it was refused is then
   * told once, as a `problem`.
   *
   * @param name what it is called
   * @param text what to keep; an empty text removes it, none reads what is kept
   * @returns what is kept
   * @example await client.remember(`draft:${conversation.id}`, 'I would like');
   */
  remember(name: string, text?: string): Promise<string | undefined>;
  /**
   * Everything that the backend keeps of this visitor, as one document with the transcripts of all her conversations.
   *
   * @throws SahayError `capability_absent`
   */
  exportData(): Promise<DataExport>;
  /**
   * Has what is hers erased: one conversation, or all. What waits to be sent is sent first. Resolves with what went; others'
   * is never touched.
   *
   * @throws SahayError `capability_absent`, `not_found` for a conversation that is not hers
   */
  eraseData(conversationId?: string): Promise<ErasureReceipt>;
  /**
   * Goes on from the link of an e-mail, whose address ends with `#sahay-continue=<token>`: this browser becomes its visitor's,
   * if it is nobody else's, and the conversation is opened.
   *
   * @throws SahayError `token_invalid`, `token_expired`, `not_found`; `forbidden` while somebody else's conversations are here
   */
  continueFrom(token: string, options?: ContinueOptions): Promise<ConversationHandle>;
  /**
   * Whether this tab is the one to make a sound for something: of all tabs that ask with the same key, such as a message's id,
   * one hears `true`.
   *
   * @example client.on('message.created', async ({ data }) => { if (await client.maySound(data.message.id)) chime.play(); });
   */
  maySound(key: string): Promise<boolean>;
  /**
   * Lets somebody look on: frames, changes of the connection with their causes, what waits in the outbox, how far each stream has
   * come. Everything heard is plain data, so a recording can be saved as JSON; tokens are left out. Returns what ends it.
   */
  inspect(listener: (seen: Inspection) => void): Promise<() => void>;
  /** Connects now; resolves once connected. Without it, the first message connects, or a session stored here. */
  connect(): Promise<void>;
  /** Ends the session and leaves nothing behind. `flush` first waits until everything pending has arrived. */
  logout(options: { pending: 'flush' | 'discard' }): Promise<void>;
  /** Lets go of sockets, timers and listeners. What is stored stays. */
  destroy(): Promise<void>;
}
