import type { Part, StreamName } from '@sahay/protocol';

/** An access token, and who it speaks for. */
export interface DriverToken {
  accessToken: string;
}

/**
 * What a black box cannot reach, done from within. Everything is optional: a check that needs what is missing is
 * `unimplemented`. Arguments and results are JSON data, so that a driver can also stand behind HTTP ({@link serveDriver}).
 */
export interface Driver {
  /** A token for an agent of the backend's tenant. */
  agentToken?(who: { name: string }): Promise<DriverToken>;
  /** A token for a visitor whom the host's backend knows; the same subject is the same visitor. */
  visitorToken?(who: { subject: string }): Promise<DriverToken>;
  /** A token that is good for another tenant than the backend's. */
  foreignToken?(who: { subject: string }): Promise<DriverToken>;
  /** Cuts every connection without a word. */
  dropConnections?(): Promise<void>;
  /** Moves the backend's clock forward. */
  advanceClock?(by: { ms: number }): Promise<void>;
  /** Begins a stream's log anew under another epoch, with the same events. */
  rotateEpoch?(of: { stream: StreamName }): Promise<void>;
  /** Forgets a stream's events up to and with `seq`. */
  trimLog?(of: { stream: StreamName; seq: number }): Promise<void>;
  /** Remembers everything as it is now. */
  takeBackup?(): Promise<{ backup: string }>;
  /** Brings back what was remembered; what came after is gone. */
  restoreBackup?(what: { backup: string }): Promise<void>;
  /** Ends the process as a power cut would, and starts it again on what is on disk. */
  crash?(): Promise<void>;
  /** From now on the bot answers nothing by itself: it says what the methods below tell it. */
  silenceBot?(): Promise<void>;
  /** The bot says something whole. */
  botSay?(what: { conversationId: string; parts: Part[] }): Promise<{ messageId: string }>;
  /** The bot begins an answer that streams, with one empty text part. */
  botBegin?(where: { conversationId: string }): Promise<{ messageId: string; partId: string }>;
  /** The bot says the next piece. */
  botWrite?(piece: { messageId: string; text: string }): Promise<void>;
  /** The bot completes the answer with what it has said. */
  botEnd?(which: { messageId: string }): Promise<void>;
  /** What produces the answer dies, without a word. */
  botDie?(which: { messageId: string }): Promise<void>;
  /** Messages need this consent from now on; without a purpose, none. */
  requireConsent?(what: { purpose?: string }): Promise<void>;
  /**
   * Posts what happens in conversations to this address from now on, private as it is, signed with each of the secrets; what
   * waits for the address stays. Without an address, to none.
   */
  sendWebhooks?(where: { url?: string; secrets?: readonly string[] }): Promise<void>;
}

/** The name of something a driver can do. */
export type DriverAbility = keyof Driver;

/** Everything a driver can be asked for. */
export const driverAbilities = [
  'agentToken',
  'visitorToken',
  'foreignToken',
  'dropConnections',
  'advanceClock',
  'rotateEpoch',
  'trimLog',
  'takeBackup',
  'restoreBackup',
  'crash',
  'silenceBot',
  'botSay',
  'botBegin',
  'botWrite',
  'botEnd',
  'botDie',
  'requireConsent',
  'sendWebhooks',
] as const satisfies readonly DriverAbility[];
