import { StorageFailedError } from '../storage-failed-error.ts';
import { sqliteCodeOf } from './database.ts';
import type { Engine } from './engine.ts';
import type { Answer, Job, Task } from './jobs.ts';
import type { AppendedEvent } from './log-writer.ts';
import { failureOf } from './task-failure.ts';

/** What may leave the worker, now that it is on disk. */
export interface Batch {
  answers: Answer[];
  events: AppendedEvent[];
}

/** SQLite's codes for a disk, file or memory that failed, after which nothing can be trusted: 7, 10, 11, 13, 14, 26. */
const storageCodes: ReadonlySet<number> = new Set([7, 8, 10, 11, 13, 14, 26]);

/** SQLite's code for what somebody else of this process is reading. */
const sqliteLocked = 6;

/** Tasks that never write, and need nothing to fall back to. */
const lookUps: ReadonlySet<Task['kind']> = new Set<Task['kind']>([
  ...(['mayRead', 'conversation', 'staffState', 'message', 'attachment', 'history'] as const),
  ...(['openStreams', 'select'] as const),
]);

/**
 * Commits after which the write-ahead log is copied into the database, and jobs that count as one more. Whoever writes
 * during a copy waits for it: of messages that come one by one, fewer than one in a hundred may.
 */
const commitsPerCheckpoint = 400;
const jobsPerCommit = 10;

/**
 * Runs many jobs in one transaction, each behind a savepoint of its own, and commits once for all. A job that fails
 * takes back what it did and harms no other; a commit that fails ends everything.
 */
export class GroupCommit {
  readonly #engine: Engine;
  /** Due at once: a process that is killed again and again would let the log grow, and every start reads all of it. */
  #sinceCheckpoint = commitsPerCheckpoint;
  /** Whether the write-ahead log may hold what was erased since; of what an earlier process left there nothing is known. */
  #holdsErased = true;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * @returns answers and events that are durable
   * @throws StorageFailedError when the transaction or its commit failed. What is on disk is then unknown to this
   * process, and a second fsync could claim success for pages the first one lost: nothing may be acknowledged any more.
   */
  run(jobs: readonly Job[]): Batch {
    const { db, streams } = this.#engine;
    const batch: Batch = { answers: [], events: [] };
    try {
      db.run('BEGIN IMMEDIATE');
      for (const job of jobs) this.#runOne(job, batch);
      streams.flush();
      db.run('COMMIT');
    } catch (error) {
      throw new StorageFailedError(`The database "${db.path}" failed: ${reasonOf(error)}.`, { cause: error });
    }
    streams.settle();
    this.#sinceCheckpoint += 1 + jobs.length / jobsPerCommit;
    this.#holdsErased ||= batch.events.some(({ type }) => type === 'data.erased');
    return batch;
  }

  #runOne({ id, task }: Job, batch: Batch): void {
    if (task.kind === 'backup' || task.kind === 'close')
      throw new Error(`A ${task.kind} belongs into no transaction.`);
    const { db, streams } = this.#engine;
    if (lookUps.has(task.kind)) return this.#lookUp({ id, task }, batch);
    db.run('SAVEPOINT job');
    streams.mark();
    try {
      const { value, events } = this.#engine.perform(task);
      db.run('RELEASE job');
      batch.answers.push({ id, value });
      batch.events.push(...events);
    } catch (error) {
      const code = sqliteCodeOf(error);
      if (code !== undefined && storageCodes.has(code)) throw error;
      db.run('ROLLBACK TO job');
      db.run('RELEASE job');
      streams.revert();
      batch.answers.push({ id, failure: failureOf(error) });
    }
  }

  #lookUp({ id, task }: Job, batch: Batch): void {
    try {
      const { value } = this.#engine.perform(task as Parameters<Engine['perform']>[0]);
      batch.answers.push({ id, value });
    } catch (error) {
      const code = sqliteCodeOf(error);
      if (code !== undefined && storageCodes.has(code)) throw error;
      batch.answers.push({ id, failure: failureOf(error) });
    }
  }

  /**
   * Copies the write-ahead log into the database when enough has gathered, and at once after an erasure and after a start: then the log
   * itself, which holds what was said as it was, is emptied. Called after answers have left, so nobody waits for it.
   *
   * @throws StorageFailedError when it fails
   */
  checkpointWhenDue(): void {
    if (this.#sinceCheckpoint < commitsPerCheckpoint && !this.#holdsErased) return;
    this.#sinceCheckpoint = 0;
    try {
      if (this.#holdsErased) this.#emptyLog();
      else this.#engine.db.get('PRAGMA wal_checkpoint(PASSIVE)');
    } catch (error) {
      throw new StorageFailedError(`The database's log could not be written back: ${reasonOf(error)}.`, {
        cause: error,
      });
    }
  }

  /** While a backup reads it, it cannot be emptied: then it is tried again after the next commit. */
  #emptyLog(): void {
    try {
      const { busy } = this.#engine.db.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')!;
      this.#holdsErased = busy !== 0;
    } catch (error) {
      if (sqliteCodeOf(error) !== sqliteLocked) throw error;
    }
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
