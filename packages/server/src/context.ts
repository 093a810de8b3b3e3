import type {
  Availability,
  Command,
  CommandType,
  Id,
  Participant,
  Problem,
  Queue,
  Signal,
} from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { Logger } from 'pino';
import type { UploadQuota } from './attachments/limit-uploads.ts';
import type { ServerConfig } from './config/index.ts';
import type { VerifiedToken } from './identity/access-tokens.ts';
import type { MailTiming } from './mail/mail-sender.ts';
import type { ServerKeys } from './identity/server-secret.ts';
import type { PolicyData } from './policy.ts';
import type { Settings } from './settings/settings.ts';
import type { RoutingLimits } from './routing/routing-timers.ts';
import type { CommandFacts, NumberedCommand, Reply, Store } from './storage/store.ts';

/** How many of something are accepted: `burst` at once, `perSecond` for long. */
export interface RateLimit {
  burst: number;
  perSecond: number;
}

/** Numbers that tests and load runs change; nobody else needs to. */
export interface ServerTuning {
  /** Commands of one visitor; agents get five times as much. Default 20 at once, 5 a second. */
  commandRate: RateLimit;
  /** Signals of one participant. Default 40 at once, 20 a second. */
  signalRate: RateLimit;
  /** Frames of one connection, whatever they are. Default 400 at once, 100 a second. */
  frameRate: RateLimit;
  /** New sockets of one address. Default 3,000 at once, 100 a second: an office that comes back after a restart. */
  upgradeRate: RateLimit;
  /** How often clients ping, and how long a poll waits at most, in ms. Default 25,000. */
  heartbeatMs: number;
  /** How long a parallel request's command waits for one before it in its lane, in ms. Default 1,000. */
  lanePatienceMs: number;
  /** How long a socket may stay without `hello`, in ms. Default 10,000. */
  helloTimeoutMs: number;
  /** How long a poll's reader that hung up may take to ask again, in ms. Default 10,000. */
  pollGraceMs: number;
  /** How long an agent whose last connection went still counts as present, in ms. Default 5,000. */
  presenceGraceMs: number;
  /** How often is looked whether the opening hours began or ended, in ms. Default 1,000. */
  hoursLookMs: number;
  /** What files a visitor may have here. Default 500 of together 250 MiB. */
  uploadQuota: UploadQuota;
  /** How e-mails are timed. */
  mail: MailTiming;
  /** How long is waited for people. */
  routing: RoutingLimits;
  /** Unsent bytes after which a reader is too slow and is closed, to come back with its cursor. Default 4 MiB. */
  maxBufferedBytes: number;
}

/** Who is who. */
export interface Identity {
  /**
   * Checks an access token of any kind. The ids it gives to visitors never collide with those of agents, bots or
   * `system`: whoever's id stands on a message may change it.
   *
   * @throws ProblemError `token_invalid` or `token_expired`.
   */
  verify(token: string): Promise<VerifiedToken>;
  /** Makes a fresh one-time link with which an agent signs in to the console. */
  signInUrl(publicUrl: string): Promise<string>;
}

/** What a guard says of a command: why it is refused, or what its rules need to know. */
export type GuardVerdict = Problem | { facts: CommandFacts } | undefined;

/** Looks at a command before it runs; a problem refuses it. */
export type CommandGuard = (actor: Actor, command: Command) => GuardVerdict | Promise<GuardVerdict>;

/** What the transport knows of a command. */
export interface CommandOptions {
  /** Why no rule could accept it; it is refused in its lane. */
  malformed?: Problem | undefined;
  /** How long to wait for a number before it that may still be on its way, in ms. Default: not at all. */
  patienceMs?: number | undefined;
}

/** The one way in for commands, whatever transport they came by. */
export interface Commands {
  /** Asks the guard of the command's type, then executes. Rate limits are the peer's. */
  execute(actor: Actor, command: NumberedCommand, options?: CommandOptions): Promise<{ reply: Reply }>;
  /** Has a guard asked before each command of a type, such as `attachment.complete`. */
  guard(type: CommandType, guard: CommandGuard): void;
}

/** Live delivery: who hears what now. */
export interface Hub {
  /** Passes a signal on to those who may read its conversation. Deltas are only accepted from the message's author. */
  signal(actor: Actor, signal: Signal): Promise<void>;
  /** Whether people can answer now. */
  availability(): Availability;
  /** Whether its visitor has a conversation open now. */
  visitorIsThere(conversationId: Id): boolean;
  /** A conversation's place among those who wait; `undefined` when it does not wait. */
  queueOf(conversationId: Id): Queue | undefined;
  /** The agents who are connected now. */
  presentAgents(): Participant[];
  /** Closes the connections of a session that has ended (4410). */
  endSession(sessionId: Id): void;
}

/** What the parts of a server share. */
export interface ServerContext {
  config: ServerConfig;
  store: Store;
  commands: Commands;
  hub: Hub;
  settings: Settings;
  identity: Identity;
  logger: Logger;
  /** Milliseconds since 1970. */
  clock: () => number;
  tenantId: Id;
  policy: PolicyData;
  secrets: ServerKeys;
  tuning: ServerTuning;
}

/** The context before it is known who is who: what `createIdentity(parts)` gets. */
export type ContextParts = Omit<ServerContext, 'identity'>;
