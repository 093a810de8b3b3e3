import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError } from '../config/index.ts';
import { Backups } from '../storage/sqlite/backup.ts';
import { Database } from '../storage/sqlite/database.ts';
import { askForBackup } from './control.ts';

/** What a data command names. */
export interface DataCommand {
  file: string;
  dataFolder: string;
}

/**
 * Copies the database: by the server that runs on it, else by itself. Returns what to tell.
 *
 * @throws ConfigError with a sentence that says what to do
 */
export async function backUp({ file, dataFolder }: DataCommand): Promise<string> {
  const [path, folder] = [resolve(file), resolve(dataFolder)];
  if (!(await askForBackup(folder, path))) {
    const db = new Database(databaseIn(folder));
    try {
      await new Backups(db).write(path);
    } finally {
      db.raw.close();
    }
  }
  return `The database is copied to ${path}. Files that visitors sent are in ${join(folder, 'uploads')}: copy that folder too, after this.`;
}

/**
 * Puts a backup in the database's place and keeps what was there under another name. Every stream begins a new epoch, so
 * that no client takes an event of the lost time for one that comes. Returns what to tell.
 *
 * @throws ConfigError when the file is no backup, or a server runs on the folder
 */
export function restore({ file, dataFolder }: DataCommand): string {
  const [from, folder] = [resolve(file), resolve(dataFolder)];
  if (!existsSync(from)) throw new ConfigError(`There is no file "${from}". Name a backup.`);
  const path = databaseIn(folder);
  // Takes the lock, and writes the log back into the file: what is set aside is whole.
  new Database(path).raw.close();
  const aside = `${path}.${new Date().toISOString().replaceAll(':', '-')}`;
  const coming = `${path}.restoring`;
  copyFileSync(from, coming);
  const db = new Database(coming);
  try {
    const { integrity_check: verdict } = db.get<{ integrity_check: string }>('PRAGMA integrity_check') ?? {
      integrity_check: 'no answer',
    };
    if (verdict !== 'ok') throw new ConfigError(`The backup "${from}" is damaged: ${verdict}. Take another.`);
    db.run("UPDATE streams SET epoch = 'ep_' || lower(hex(randomblob(16)))");
  } finally {
    db.raw.close();
  }
  renameSync(path, aside);
  renameSync(coming, path);
  return `The backup is in place. What was there before is ${aside}.`;
}

function databaseIn(folder: string): string {
  const path = join(folder, 'sahay.db');
  if (existsSync(path)) return path;
  throw new ConfigError(`There is no database in "${folder}". Name its folder with --data or SAHAY_DATA.`);
}
