import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { ConfigError } from '../../config/config-error.ts';
import type { SqlParams } from '../store.ts';
import { migrate } from './migrate.ts';

/** SQLite's code for a file that another process holds. */
const sqliteBusy = 5;
/** SQLite's code for a file that is something else. */
const sqliteNotADatabase = 26;

/** The number SQLite gives an error, without its extension; `undefined` for errors that are not SQLite's. */
export function sqliteCodeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

/**
 * An open database with its prepared statements. It is held exclusively: numbers of streams and lanes are kept in
 * memory, so a second server on the same file must be impossible.
 *
 * @throws ConfigError when another process has the file open, or a newer release wrote it
 */
export class Database {
  readonly raw: DatabaseSync;
  readonly path: string;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string) {
    this.path = path;
    this.raw = new DatabaseSync(path, { timeout: 2_000 });
    try {
      this.#prepare();
    } catch (error) {
      this.raw.close();
      if (sqliteCodeOf(error) === sqliteNotADatabase)
        throw new ConfigError(
          `The file "${path}" is not a Sahay database. Move it away, or name another folder with --data or SAHAY_DATA.`,
          { cause: error },
        );
      if (sqliteCodeOf(error) === sqliteBusy)
        throw new ConfigError(
          `The database "${path}" is in use by another process. Stop the other server, or give this one a folder of its own with --data or SAHAY_DATA.`,
          { cause: error },
        );
      throw error;
    }
  }

  /**
   * Checkpoints are the worker's to run, after the answers have left and where their failure is noticed. What a row held before it
   * changed is written over, in pages that become free too: once it is in such a page, no later erasure would find it.
   */
  #prepare(): void {
    this.raw.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON',
    );
    migrate(this.raw, this.path);
    // Takes the lock now, so that a second server fails at its start and not at its first message.
    this.raw.exec('BEGIN IMMEDIATE; COMMIT');
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.raw.prepare(sql)));
    return statement;
  }

  /** The first row, typed by whoever wrote the query. */
  get<T extends object>(sql: string, ...params: SqlParams): T | undefined {
    return this.#statement(sql).get(...params) as T | undefined;
  }

  all<T extends object>(sql: string, ...params: SqlParams): T[] {
    return this.#statement(sql).all(...params) as T[];
  }

  /** Rows one at a time, for queries whose reader may stop early. */
  iterate<T extends object>(sql: string, ...params: SqlParams): Iterable<T> {
    return this.#statement(sql).iterate(...params) as Iterable<T>;
  }

  run(sql: string, ...params: SqlParams): number {
    return Number(this.#statement(sql).run(...params).changes);
  }
}
