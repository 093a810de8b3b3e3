import type { DatabaseSync } from 'node:sqlite';
import { ConfigError } from '../../config/config-error.ts';
import { migrations } from './migrations/index.ts';

/**
 * Brings a database to the newest version, each step in a transaction of its own.
 *
 * @param steps the migrations to know; default all of this release
 * @throws ConfigError when the database is of a newer release than this one
 */
export function migrate(db: DatabaseSync, path: string, steps: readonly string[] = migrations): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > steps.length)
    throw new ConfigError(
      `The database "${path}" has version ${version}, and this release knows versions up to ${steps.length}. Start the newer release that wrote it, or restore a backup made before.`,
    );
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(`${step}; PRAGMA user_version = ${index + 1}; COMMIT`);
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }
}
