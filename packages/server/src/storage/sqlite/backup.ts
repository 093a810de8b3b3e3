import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as sqlite from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { ConfigError } from '../../config/config-error.ts';
import { sqliteCodeOf, type Database } from './database.ts';

/** Pages of one step, between which commands run. */
const pagesAtOnce = 256;

/** How often a copy is begun again that met a transaction at its first or last step; each time it waits longer. */
const mostAttempts = 100;

/** Copies of an open database, written while it goes on being used. */
export class Backups {
  readonly #db: Pick<Database, 'raw'>;
  readonly #running = new Set<Promise<void>>();

  constructor(db: Pick<Database, 'raw'>) {
    this.#db = db;
  }

  /**
   * Writes a copy: everything that was committed before it is in it, and it is on disk when the promise resolves. Until
   * then it has another name, so that half a copy is never taken for one.
   *
   * @throws ConfigError when something is at the path already, or its folder cannot be written to
   */
  async write(path: string): Promise<void> {
    const running = this.#write(path);
    this.#running.add(running);
    try {
      await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** When no copy is being written any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  async #write(path: string): Promise<void> {
    if (existsSync(path))
      throw new ConfigError(`There is a file at "${path}" already. Name one that does not exist yet.`);
    const partial = `${path}.part`;
    await rm(partial, { force: true });
    try {
      await copy(this.#db.raw, partial);
      await flush(partial);
      await rename(partial, path);
      await flush(dirname(path));
    } catch (error) {
      await rm(partial, { force: true });
      throw new ConfigError(`The backup "${path}" could not be written: ${reasonOf(error)}.`, {
        cause: error,
      });
    }
  }
}

/** SQLite's online backup came to Node 22.16; before, the copy is made in one go and others wait. */
async function copy(db: sqlite.DatabaseSync, path: string): Promise<void> {
  if (typeof sqlite.backup !== 'function') return void db.prepare('VACUUM INTO ?').run(path);
  for (let attempt = 1; ; attempt++) {
    try {
      await sqlite.backup(db, path, { rate: pagesAtOnce });
      return;
    } catch (error) {
      // A first or last step that meets a transaction finds the database locked, and Node then gives up with no error's code.
      const isLocked = [0, 5, 6].includes(sqliteCodeOf(error) ?? -1);
      if (!isLocked || attempt === mostAttempts) throw error;
      await rm(path, { force: true });
      await setTimeout(attempt);
    }
  }
}

/** A backup that a power cut could take back would be none. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
