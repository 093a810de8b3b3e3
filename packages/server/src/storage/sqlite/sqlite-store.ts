import type { Worker } from 'node:worker_threads';
import type {
  Attachment,
  Conversation,
  Cursor,
  LogEvent,
  Message,
  MessageMatches,
  MessagePage,
  StaffState,
  StreamName,
  Transcript,
} from '@sahay/protocol';
import type { Actor, Elapsed, NewEvent } from '@sahay/protocol/core';
import { ProblemError } from '../../http/problem-error.ts';
import type { PolicyData } from '../../policy.ts';
import { StorageFailedError } from '../storage-failed-error.ts';
import type {
  ExecuteOptions,
  HistoryQuery,
  SearchQuery,
  NumberedCommand,
  OpenMessage,
  Reply,
  SqlAccess,
  SqlChanges,
  SqlParams,
  SqlStatement,
  Store,
  StreamReading,
  TrimOptions,
  TrimResult,
} from '../store.ts';
import type { Answer, Job, Task, WorkerMessage, WorkerSetup } from './jobs.ts';
import { errorOf, failureOf } from './task-failure.ts';
import type { AppendedEvent } from './log-writer.ts';
import { startStorageThread } from './storage-thread.ts';
import { defaultReadLimits, type ReadLimits } from './stream-reader.ts';
import type { WebhookSubscription } from './webhook-queue.ts';

/** How a store on SQLite is opened. */
export interface SqliteStoreOptions {
  /** The database file; its folder exists. */
  path: string;
  tenantId: string;
  policy: PolicyData;
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: (() => number) | undefined;
  limits?: Partial<ReadLimits> | undefined;
  /** Who is to be told of which events. Default nobody. */
  webhooks?: readonly WebhookSubscription[] | undefined;
  /** Started before, to lose no time; default: one is started. The store ends it. */
  thread?: Worker | undefined;
  /** Called once when storage failed. The process should end; nothing is acknowledged any more. */
  onFatal?: ((error: StorageFailedError) => void) | undefined;
}

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

/**
 * Opens a store on a SQLite file, making and migrating it as needed. The database lives in a worker thread, so that
 * waiting for the disk never stalls a heartbeat.
 *
 * @throws ConfigError when another process has the file, or a newer release wrote it.
 * @example const store = await openSqliteStore({ path: './data/sahay.db', tenantId: 'shop', policy: defaultPolicy });
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, tenantId, policy, webhooks = [] } = options;
  const limits = { ...defaultReadLimits, ...options.limits };
  const setup: WorkerSetup = { path, tenantId, policy, limits, webhooks };
  const worker = options.thread ?? startStorageThread();
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: WorkerMessage) => {
      worker.off('error', reject);
      if (message.kind === 'refused') reject(errorOf(message.failure));
      else resolve();
    });
    worker.postMessage(setup);
  });
  return new SqliteStore(worker, options);
}

class SqliteStore implements Store {
  readonly #worker: Worker;
  readonly #clock: () => number;
  readonly #onFatal: ((error: StorageFailedError) => void) | undefined;
  readonly #listeners = new Set<(events: readonly LogEvent[]) => void>();
  readonly #waiting = new Map<number, Waiting>();
  #outgoing: Job[] = [];
  #ids = 0;
  #failed: StorageFailedError | undefined;
  #closing: Promise<void> | undefined;

  constructor(worker: Worker, { clock, onFatal }: SqliteStoreOptions) {
    this.#worker = worker;
    this.#clock = clock ?? Date.now;
    this.#onFatal = onFatal;
    worker.on('message', (message: WorkerMessage) => this.#hear(message));
    worker.on('error', (error: Error) => this.#fail(`The storage worker stopped: ${error.message}`));
    worker.on('exit', () => {
      if (!this.#closing) this.#fail('The storage worker ended.');
    });
  }

  /** Tasks that are asked for in one turn of the event loop cross together. */
  #ask<T>(task: Task): Promise<T> {
    if (this.#failed) return Promise.reject(this.#failed);
    if (this.#closing && task.kind !== 'close')
      return Promise.reject(
        new ProblemError('shutting_down', 'The server is restarting. Try again in a moment.'),
      );
    const id = ++this.#ids;
    if (this.#outgoing.length === 0) setImmediate(() => this.#flush());
    this.#outgoing.push({ id, task });
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
    });
  }

  #flush(): void {
    const jobs = this.#outgoing;
    this.#outgoing = [];
    if (this.#failed) return;
    try {
      this.#worker.postMessage(jobs);
    } catch {
      for (const job of jobs) this.#sendAlone(job);
    }
  }

  /** What cannot cross to the worker (data that nests too deep, a function) fails alone, and not with its neighbours. */
  #sendAlone(job: Job): void {
    try {
      this.#worker.postMessage([job]);
    } catch (error) {
      this.#answer({ id: job.id, failure: failureOf(error) });
    }
  }

  #hear(message: WorkerMessage): void {
    if (message.kind === 'fatal') return this.#fail(message.message);
    if (message.kind !== 'batch') return;
    if (message.events.length > 0) this.#publish(message.events.flatMap(logEventsOf));
    for (const answer of message.answers) this.#answer(answer);
  }

  #publish(events: readonly LogEvent[]): void {
    for (const listener of this.#listeners) listener(events);
  }

  #answer(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('failure' in answer) waiting?.reject(errorOf(answer.failure));
    else waiting?.resolve(answer.value);
  }

  #fail(reason: string): void {
    if (this.#failed) return;
    this.#failed = new StorageFailedError(reason);
    for (const { reject } of this.#waiting.values()) reject(this.#failed);
    this.#waiting.clear();
    this.#onFatal?.(this.#failed);
  }

  execute(actor: Actor, command: NumberedCommand, options: ExecuteOptions = {}): Promise<{ reply: Reply }> {
    return this.#ask({ kind: 'execute', actor, command, now: this.#clock(), options });
  }

  append(events: readonly NewEvent[]): Promise<void> {
    return this.#ask({ kind: 'append', events, now: this.#clock() });
  }

  elapse(conversationId: string, elapsed: Elapsed): Promise<void> {
    return this.#ask({ kind: 'elapse', conversationId, elapsed, now: this.#clock() });
  }

  read(stream: StreamName, cursor?: Cursor): Promise<StreamReading> {
    return this.#ask({ kind: 'read', stream, cursor });
  }

  mayRead(actor: Actor, stream: StreamName): Promise<boolean> {
    return this.#ask({ kind: 'mayRead', actor, stream });
  }

  conversation(id: string): Promise<Conversation | undefined> {
    return this.#ask({ kind: 'conversation', id });
  }

  staffState(conversationId: string): Promise<StaffState | undefined> {
    return this.#ask({ kind: 'staffState', id: conversationId });
  }

  message(conversationId: string, messageId: string): Promise<Message | undefined> {
    return this.#ask({ kind: 'message', conversationId, messageId });
  }

  attachment(attachmentId: string): Promise<Attachment | undefined> {
    return this.#ask({ kind: 'attachment', id: attachmentId });
  }

  search(conversationId: string, query: SearchQuery): Promise<MessageMatches> {
    return this.#ask({ kind: 'search', conversationId, query });
  }

  history(conversationId: string, query: HistoryQuery): Promise<MessagePage> {
    return this.#ask({ kind: 'history', conversationId, query });
  }

  openStreams(): Promise<OpenMessage[]> {
    return this.#ask({ kind: 'openStreams' });
  }

  onCommitted(listener: (events: readonly LogEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly sql: SqlAccess = {
    all: <T extends object>(sql: string, params?: SqlParams) =>
      this.#ask<T[]>({ kind: 'select', statement: { sql, ...(params && { params }) } }),
    run: async (sql: string, params?: SqlParams) => {
      const [changes] = await this.sql.transaction([{ sql, ...(params && { params }) }]);
      return changes ?? { changes: 0 };
    },
    transaction: (statements: readonly SqlStatement[]) =>
      this.#ask<SqlChanges[]>({ kind: 'write', statements }),
  };

  transcript(stream: StreamName): Promise<Transcript> {
    return this.#ask({ kind: 'transcript', stream });
  }

  setPolicy(policy: PolicyData): Promise<void> {
    return this.#ask({ kind: 'policy', policy });
  }

  rotateEpoch(stream: StreamName): Promise<void> {
    return this.#ask({ kind: 'rotateEpoch', stream });
  }

  trim(options: TrimOptions): Promise<TrimResult> {
    return this.#ask({ kind: 'trim', options });
  }

  backup(path: string): Promise<void> {
    return this.#ask({ kind: 'backup', path });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    if (this.#failed) await this.#worker.terminate();
    else await this.#ask({ kind: 'close' }).finally(() => ended);
  }
}

/** The log's entries of one appended event; its data is parsed once for all of them. */
function logEventsOf({ id, type, time, data, places }: AppendedEvent): LogEvent[] {
  const parsed = JSON.parse(data) as object;
  return places.map(
    ({ stream, epoch, seq }) => ({ id, type, stream, epoch, seq, time, data: parsed }) as LogEvent,
  );
}
