import type {
  AckFrame,
  Attachment,
  CommandFrame,
  Conversation,
  Cursor,
  Id,
  LogEvent,
  Message,
  MessageMatches,
  MessagePage,
  Participant,
  Problem,
  RejectFrame,
  StaffState,
  StreamName,
  SubscribedFrame,
  Transcript,
} from '@sahay/protocol';
import type { Actor, Elapsed, NewEvent } from '@sahay/protocol/core';
import type { PolicyData } from '../policy.ts';

/** A command with its place in its outbox. */
export type NumberedCommand = Pick<CommandFrame, 'outboxId' | 'n' | 'command'>;

/** What a command's sender gets to hear. */
export type Reply = AckFrame | RejectFrame;

/** A value that SQLite can hold. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** Positional (`?`) parameters of a statement. */
export type SqlParams = readonly SqlValue[];

/** One statement of a transaction. */
export interface SqlStatement {
  sql: string;
  params?: SqlParams;
}

/** How many rows a statement changed. */
export interface SqlChanges {
  changes: number;
}

/**
 * Plain SQL for tables that are no part of the log (sessions, agents, canned replies) and for reading the log's
 * projections. It runs in the same worker and the same group commit: a promise resolves only after the commit.
 */
export interface SqlAccess {
  /** Reads rows. */
  all<T extends object>(sql: string, params?: SqlParams): Promise<T[]>;
  /** Runs one statement that writes. */
  run(sql: string, params?: SqlParams): Promise<SqlChanges>;
  /**
   * Runs statements as one unit: all of them or none. The answer holds what each changed.
   *
   * @example await sql.transaction([{ sql: 'DELETE FROM sign_in_codes WHERE code = ?', params: [code] }, …])
   */
  transaction(statements: readonly SqlStatement[]): Promise<SqlChanges[]>;
}

/** What may come with a command that is executed. */
export interface ExecuteOptions {
  /**
   * Why the surroundings refuse the command (a file that is not what it says). It counts only when the lane's rules let
   * the command run; a permanent one consumes the number like any other refusal.
   */
  refusal?: Problem | undefined;
  /** What the surroundings found out for the command, and its rules need. */
  facts?: CommandFacts | undefined;
}

/** What a command's rules need to know and cannot look up. */
export interface CommandFacts {
  /** For `identity.link`: whom the token in it speaks for. */
  former?: { visitor: Participant; hasEnded: boolean } | undefined;
}

/** Which messages of a conversation to read: `limit` of them, before a cursor, after one, or around a message; else the latest. */
export interface HistoryQuery {
  /** An `earlier` cursor of a snapshot or page. */
  before?: string | undefined;
  /** A `later` cursor of a page. */
  after?: string | undefined;
  /** The id of a message: as many messages before it as after it come with it. */
  around?: string | undefined;
  limit: number;
}

/** What to search a conversation for. */
export interface SearchQuery {
  /** The words, as `folded()` gives them. */
  wanted: string;
  /** An `earlier` cursor of a snapshot, a page or the last answer. Default: from the end. */
  before?: string | undefined;
}

/** An answer that was still streaming when its producer went away. */
export interface OpenMessage {
  conversationId: Id;
  message: Message;
}

/** What of the log to forget. */
export interface TrimOptions {
  /** Events from before this moment, in ms since 1970. Without it, all but the latest `keep`. */
  before?: number | undefined;
  /** How many of a stream's latest events stay in any case; at least and by default 1, the one that its head names. */
  keep?: number | undefined;
  /** This stream alone. Default: all. */
  stream?: StreamName | undefined;
  /** Where the last slice ended. */
  after?: number | undefined;
}

/** What a slice of forgetting came to. */
export interface TrimResult {
  removed: number;
  /** Where to go on; absent when all streams were looked at. */
  next?: number | undefined;
}

/** A stream from a cursor on: what `subscribed` says, and the events that follow. */
export interface StreamReading {
  subscribed: SubscribedFrame;
  events: LogEvent[];
}

/**
 * The log and its projections. Whatever changes anything resolves only after its commit is on disk; listeners hear of
 * events after that, in the order in which they were appended.
 */
export interface Store {
  /** Runs a numbered command by the rules of its lane. */
  execute(actor: Actor, command: NumberedCommand, options?: ExecuteOptions): Promise<{ reply: Reply }>;
  /** Lets time run out for a conversation; changes nothing when it has moved on. */
  elapse(conversationId: Id, elapsed: Elapsed): Promise<void>;
  /** Appends events that no command led to. */
  append(events: readonly NewEvent[]): Promise<void>;
  /** Reads a stream from a cursor; by snapshot when the cursor does not fit, or there is none. */
  read(stream: StreamName, cursor?: Cursor): Promise<StreamReading>;
  /** Whether this actor may read this stream. */
  mayRead(actor: Actor, stream: StreamName): Promise<boolean>;
  conversation(id: Id): Promise<Conversation | undefined>;
  staffState(conversationId: Id): Promise<StaffState | undefined>;
  message(conversationId: Id, messageId: Id): Promise<Message | undefined>;
  /** An attachment by its id, whichever conversation it is in. */
  attachment(attachmentId: Id): Promise<Attachment | undefined>;
  /**
   * A page of messages, oldest first. Pages are stable while others write.
   *
   * @throws ProblemError `cursor_invalid` when `before` or `after` is no cursor of this store, `message_not_found` when it does not hold the
   *   message `around` which they are asked for.
   */
  history(conversationId: Id, query: HistoryQuery): Promise<MessagePage>;
  /**
   * The messages of one stretch that say something, oldest first. A stretch is short, so that nobody who writes waits long for one who searches.
   *
   * @throws ProblemError `cursor_invalid` when `before` is no cursor of this store.
   */
  search(conversationId: Id, query: SearchQuery): Promise<MessageMatches>;
  /** Hears events after their commit, in append order. Returns the unsubscribe. */
  onCommitted(listener: (events: readonly LogEvent[]) => void): () => void;
  /** All messages that are still streaming, for the sweep at start-up. */
  openStreams(): Promise<OpenMessage[]>;
  readonly sql: SqlAccess;
  /** All events of a stream of a conversation, chained; of what was erased or left the log the digests. */
  transcript(stream: StreamName): Promise<Transcript>;
  /** Begins a new epoch of a stream: whoever comes with a cursor from before gets a snapshot. The numbers go on. */
  rotateEpoch(stream: StreamName): Promise<void>;
  /**
   * Forgets what is old in the log, a slice of the streams at a time. State, messages and files stay; whoever comes with a
   * cursor to what is gone gets a snapshot.
   */
  trim(options: TrimOptions): Promise<TrimResult>;
  /** Other rules hold for every command that is given from here on. */
  setPolicy(policy: PolicyData): Promise<void>;
  /**
   * Writes a consistent copy of the database to a path where nothing is yet, while the store goes on working.
   *
   * @throws ConfigError when something is at the path already, or nothing can be written there
   */
  backup(path: string): Promise<void>;
  /** Finishes what was begun, then closes the file. */
  close(): Promise<void>;
}
