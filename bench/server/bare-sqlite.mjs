// What SQLite alone does on this disk: the floor under everything that is durable.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const pragmas =
  'PRAGMA foreign_keys = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -32768';

/** The tables that a message adds rows to. What it merely changes (heads, summaries) is left out: that makes SQLite faster. */
const tables = ['events', 'entries', 'messages', 'lane_results'];

/**
 * Inserts the very rows that the server wrote into tables of the same shape, those of 100 messages to a commit, and
 * nothing else: no reading, no JSON, no rules.
 */
export function insertSameRows(database, folder) {
  const path = join(folder, 'same-rows.db');
  const source = new DatabaseSync(database, { readOnly: true });
  const target = new DatabaseSync(path);
  target.exec(pragmas);
  const shapes = source
    .prepare(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name IN ('streams', ${tables.map((t) => `'${t}'`)})`,
    )
    .all();
  for (const { sql } of shapes) target.exec(sql);
  const rows = (sql) => {
    const statement = source.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  const inserts = new Map(
    tables.map((table) => {
      const columns = source.prepare(`PRAGMA table_info(${table})`).all();
      return [table, target.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?')})`)];
    }),
  );
  const events = rows(
    "SELECT * FROM events WHERE type IN ('message.created', 'inbox.changed') ORDER BY n",
  ).all();
  const entries = Map.groupBy(rows('SELECT * FROM entries').all(), ([, , event]) => event);
  const messages = rows("SELECT * FROM messages WHERE role = 'visitor'").all();
  const results = rows('SELECT * FROM lane_results WHERE n > 2').all();
  source.close();
  const perMessage = Math.max(1, Math.floor(events.length / messages.length));
  const began = performance.now();
  let commits = 0;
  for (let first = 0; first < messages.length; first += 100, commits++) {
    target.exec('BEGIN IMMEDIATE');
    for (let index = first; index < Math.min(first + 100, messages.length); index++) {
      for (const event of events.slice(index * perMessage, (index + 1) * perMessage)) {
        inserts.get('events').run(...event);
        for (const entry of entries.get(event[0]) ?? []) inserts.get('entries').run(...entry);
      }
      inserts.get('messages').run(...messages[index]);
      if (results[index]) inserts.get('lane_results').run(...results[index]);
    }
    target.exec('COMMIT');
    if (commits % 20 === 19) target.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }
  const seconds = (performance.now() - began) / 1000;
  target.close();
  for (const ending of ['', '-wal', '-shm']) rmSync(path + ending, { force: true });
  return { messages: messages.length, perSecond: messages.length / seconds };
}

/** One small row to a commit, each waited for: what an acknowledgement cannot be faster than. */
export async function insertOneByOne(folder, count) {
  const path = join(folder, 'one-by-one.db');
  const db = new DatabaseSync(path);
  db.exec(`${pragmas}; CREATE TABLE messages (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT`);
  const insert = db.prepare('INSERT INTO messages (text) VALUES (?)');
  const waits = [];
  for (let index = 0; index < count; index++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const began = performance.now();
    insert.run('x'.repeat(200));
    waits.push(performance.now() - began);
  }
  db.close();
  for (const ending of ['', '-wal', '-shm']) rmSync(path + ending, { force: true });
  return waits;
}
