import type {
  AckFrame,
  Capability,
  ClientFrame,
  CommandFrame,
  EventFrame,
  Limits,
  Participant,
  Problem,
  ProblemFrame,
  RejectFrame,
  ServerFrame,
  SignalFrame,
  SubscribedFrame,
  SubscribeFrame,
  UnsubscribeFrame,
  Welcome,
} from '@sahay/protocol';
import type { Clock } from '../clock.ts';
import type { ClientEnvironment } from '../environment.ts';
import type { ClientStorage } from '../storage/client-storage.ts';

/** What a backend promises of a command that was sent once. `at-most-once` is never sent again by itself. */
export type Delivery = 'effectively-once' | 'at-least-once' | 'at-most-once';

/** Why a token is needed: none yet, the last one ran out, or the backend refused it. */
export type TokenReason = 'first' | 'expired' | 'refused';

/** Supplies a known visitor's token; called once, however many need it. */
export type GetToken = (why: { reason: TokenReason }) => Promise<string>;

/** Where a connection stands. `waiting` tries again by itself; `stopped` does not. */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'waiting' | 'offline' | 'stopped';

/** Why a connection changed its state. */
export type ConnectionCause =
  | 'created'
  | 'requested'
  | 'welcomed'
  | 'retry_due'
  | 'woken'
  | 'network_back'
  | 'network_lost'
  | 'page_hidden'
  | 'connect_failed'
  | 'connect_timeout'
  | 'connection_lost'
  | 'heartbeat_missed'
  | 'server_restart'
  | 'invalid_frame'
  | 'rate_limited'
  | 'token_failed'
  | 'token_refused'
  | 'origin_refused'
  | 'version_refused'
  | 'session_ended'
  | 'subject_changed'
  | 'logged_out'
  | 'destroyed';

/** A change of the connection's state, with its cause. */
export interface ConnectionChange {
  state: ConnectionState;
  cause: ConnectionCause;
  /** With `waiting`: when it tries again, in ms since 1970. */
  retryAt?: number | undefined;
  problem?: Problem | undefined;
}

/** Who the backend says we are, each time a connection stands. */
export interface LinkWelcome {
  participant: Participant;
  /** The tenant, when the backend has such a thing; agents need it for their inbox. */
  tenantId?: string | undefined;
  limits?: Limits | undefined;
}

/** What a backend says over a link, as frames of the protocol. */
export type ServerLinkFrame =
  SubscribedFrame | EventFrame | SignalFrame | AckFrame | RejectFrame | ProblemFrame;

/** What the client says over a link, as frames of the protocol. */
export type ClientLinkFrame = SubscribeFrame | UnsubscribeFrame | CommandFrame | SignalFrame;

/** What a link tells the client. Calls come in the order in which the backend spoke. */
export interface LinkHandlers {
  onState: (change: ConnectionChange) => void;
  /** A connection stands. The client then subscribes and sends what is pending; a link remembers neither. */
  onWelcome: (welcome: LinkWelcome) => void;
  onFrame: (frame: ServerLinkFrame) => void;
  /** Sees every frame, for whoever inspects the client. */
  onTraffic?: ((way: 'in' | 'out', frame: ClientFrame | ServerFrame) => void) | undefined;
}

/** What a connector gets from the client. */
export interface ConnectorHost {
  /** The server's address as it was given; empty with another connector. */
  readonly base: string;
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly fetch: typeof globalThis.fetch;
  readonly webSocket: typeof globalThis.WebSocket | undefined;
  readonly storage: ClientStorage;
  readonly environment: ClientEnvironment;
  readonly namespace: string;
  readonly role: 'visitor' | 'agent';
  readonly getToken: GetToken | undefined;
  readonly locale: string;
  readonly handlers: LinkHandlers;
}

/** A request to the backend beside the log: files, history, insights. */
export interface LinkRequestInit extends RequestInit {
  /** Hears how many bytes of the body have left, where the platform can tell. */
  onProgress?: ((sent: number, total: number) => void) | undefined;
}

/** An open connection to a backend with a log of its own. */
export interface LogLink {
  /** Connects, and keeps connected until `close`. Calling it again while it waits connects at once. */
  start(): void;
  /** Says something, if the connection stands: reads a stream (without a cursor from a snapshot on), gives a command. */
  send(frame: ClientLinkFrame): void;
  /** An authorised request; `path` is relative to the backend. Rejects with a `SahayError` when nothing answered. */
  request?(path: string, init?: LinkRequestInit): Promise<Response>;
  /** An access token that is good now, where there is such a thing. */
  token?(): Promise<string>;
  /** Lets go of everything: sockets, timers, listeners. */
  close(): void;
}

/** A backend that has an ordered log: streams with cursors, numbered commands. */
export interface LogConnector {
  readonly name: string;
  readonly delivery: Delivery;
  /** What the backend can do; may grow more exact once it was asked. */
  capabilities(): ReadonlySet<Capability>;
  /** What to show before anything was said; records nothing. */
  welcome?(locale: string, host: ConnectorHost): Promise<Welcome>;
  open(host: ConnectorHost): LogLink;
}
