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
import type { PolicyData } from './policy.ts';
import type { NumberedCommand, Reply, Store } from './storage/store.ts';

/** How known visitors' tokens are checked. */
export interface JwtConfig {
  /** A public key in PEM or JWK, or a shared secret of at least 32 bytes: the text itself, not its path. */
  key: string;
  /** The one algorithm that is accepted, such as `ES256`. */
  algorithm: string;
}

/** Any OpenAI-compatible chat-completions endpoint. */
export interface LlmConfig {
  url: string;
  model: string;
  key?: string | undefined;
}

/** How many of something are accepted: `burst` at once, `perSecond` for long. */
export interface RateLimit {
  burst: number;
  perSecond: number;
}

/** A server's configuration, checked and complete. */
export interface ServerConfig {
  tenantId: Id;
  /** Where the database (`sahay.db`), the keys and `uploads/` are. */
  dataFolder: string;
  /** Markdown articles; without it the bot knows nothing. */
  knowledgeFolder?: string | undefined;
  /** Origins that may use the API besides the server's own, such as `https://shop.example`. */
  allowedOrigins: readonly string[];
  /** The address people reach the server at; known once it listens, unless configured. No slash at the end. */
  publicUrl?: string | undefined;
  /** The built console, served at `/console/`. */
  consoleFolder?: string | undefined;
  /** A static site, served at `/`. */
  siteFolder?: string | undefined;
  jwt?: JwtConfig | undefined;
  llm?: LlmConfig | undefined;
  policy: PolicyData;
  /** Commands of one visitor; agents get five times as much. Default 20 at once, 5 a second. */
  commandRate: RateLimit;
  /** How often clients ping, in ms. Default 25,000. */
  heartbeatMs: number;
  /** How long an agent whose last connection went still counts as present, in ms. Default 5,000. */
  presenceGraceMs: number;
}

/** Who a token speaks for. */
export interface VerifiedActor extends Actor {
  /** When the token ends, in ms since 1970. */
  expiresAt: number;
  /** The session the token belongs to, so that ending it can close its sockets. */
  sessionId?: Id | undefined;
}

/** Who is who. */
export interface Identity {
  /**
   * Checks an access token of any kind. The ids it gives to visitors never collide with those of agents, bots or
   * `system`: whoever's id stands on a message may change it.
   *
   * @throws ProblemError `token_invalid` or `token_expired`.
   */
  verify(token: string): Promise<VerifiedActor>;
  /** Makes a fresh one-time link with which an agent signs in to the console. */
  signInUrl(publicUrl: string): Promise<string>;
}

/** Looks at a command before it runs; a problem refuses it. */
export type CommandGuard = (
  actor: Actor,
  command: Command,
) => Problem | undefined | Promise<Problem | undefined>;

/** The one way in for commands, whatever transport they came by. */
export interface Commands {
  /** Asks the guard of the command's type, then executes. Rate limits are the transport's. */
  execute(actor: Actor, command: NumberedCommand): Promise<{ reply: Reply }>;
  /** Has a guard asked before each command of a type, such as `attachment.complete`. */
  guard(type: CommandType, guard: CommandGuard): void;
}

/** Live delivery: who hears what now. */
export interface Hub {
  /** Passes a signal on to those who may read its conversation. Deltas are only accepted from the message's author. */
  signal(actor: Actor, signal: Signal): Promise<void>;
  /** Whether people can answer now. */
  availability(): Availability;
  /** A conversation's place among those who wait; `undefined` when it does not wait. */
  queueOf(conversationId: Id): Queue | undefined;
  /** The agents who are connected now. */
  presentAgents(): Participant[];
  /** Closes the sockets of a session that has ended (4410). */
  endSession(sessionId: Id): void;
}

/** Named keys, derived from one secret in `<data>/secret.key` that only this installation has. */
export interface Secrets {
  /** 32 bytes, always the same for the same purpose, such as `access-tokens`. */
  derive(purpose: string): Uint8Array;
}

/** What the parts of a server share. */
export interface ServerContext {
  config: ServerConfig;
  store: Store;
  commands: Commands;
  hub: Hub;
  identity: Identity;
  logger: Logger;
  /** Milliseconds since 1970. */
  clock: () => number;
  tenantId: Id;
  policy: PolicyData;
  secrets: Secrets;
}

/** The context before it is known who is who: what `createIdentity(parts)` gets. */
export type ContextParts = Omit<ServerContext, 'identity'>;
