import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { LogEvent } from '@sahay/protocol';
import { defaultPolicy } from '../../policy.ts';
import type { StorageFailedError } from '../storage-failed-error.ts';
import { numbered, say, start, tempFolder, tempStore, visitor } from '../testing/temp-store.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { openSqliteStore } from './sqlite-store.ts';

const writer = fileURLToPath(new URL('../testing/writer-process.ts', import.meta.url));

/** Lets a process write until it has acknowledged this many messages, then kills it. Returns what it acknowledged. */
async function writeAndKill(path: string, run: number, acknowledged: number): Promise<Map<string, string>> {
  const child = spawn(process.execPath, ['--conditions=sahay-source', writer, path, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acks = new Map<string, string>();
  let rest = '';
  for await (const chunk of child.stdout) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) acks.set(line.split(' ')[0]!, line.split(' ')[1]!);
    if (acks.size >= acknowledged && !child.killed) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL');
  return acks;
}

test('whatever was acknowledged before kill -9 is there, once, in a log without gaps', async (t) => {
  const path = join(tempFolder(t), 'sahay.db');
  const acks = new Map<string, string>();
  for (let run = 0; run < 3; run++) for (const ack of await writeAndKill(path, run, 300)) acks.set(...ack);
  assert.ok(acks.size >= 900);

  const db = new DatabaseSync(path);
  t.after(() => db.close());
  assert.deepEqual({ ...db.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
  const rows = db.prepare("SELECT id, json ->> 'clientMessageId' AS sent FROM messages").all();
  const stored = new Map(rows.map((row) => [row['sent'] as string, row['id'] as string]));
  assert.equal(stored.size, rows.length, 'a message is stored twice');
  for (const [sent, id] of acks)
    assert.equal(stored.get(sent), id, `${sent} was acknowledged and is not there`);
  const gaps = db
    .prepare(
      `SELECT streams.id FROM streams LEFT JOIN entries ON entries.stream = streams.n GROUP BY streams.n
       HAVING coalesce(max(seq), 0) <> head OR count(seq) <> head OR coalesce(min(seq), 1) <> 1`,
    )
    .all();
  assert.deepEqual(gaps, []);
  const created = db.prepare("SELECT count(*) AS n FROM events WHERE type = 'message.created'").get();
  assert.equal(created?.['n'], rows.length);
});

test('a start writes the log of the last process back, so that it does not grow from kill to kill', async (t) => {
  const path = join(tempFolder(t), 'sahay.db');
  await writeAndKill(path, 0, 50);
  const before = statSync(path).size;
  const store = await tempStore(t, { path });
  await store.execute(visitor, numbered('o-after', 1, start('c-after')));
  // It is written back after the answers have left, and after whoever asks right behind them was answered too.
  for (let asked = 0; asked < 50 && statSync(path).size === before; asked++)
    await store.conversation('c-after');
  assert.ok(statSync(path).size > before, `the file stayed at ${before} bytes`);
});

test('acknowledgements and events leave only after the commit; when it fails, nothing leaves and all ends', async (t) => {
  const path = join(tempFolder(t), 'sahay.db');
  const failures: StorageFailedError[] = [];
  const store = await openSqliteStore({
    path,
    tenantId: 'shop',
    policy: defaultPolicy,
    onFatal: (error) => failures.push(error),
  });
  await store.execute(visitor, numbered('o1', 1, start()));
  await store.sql.run('CREATE TABLE parents (id TEXT PRIMARY KEY)');
  await store.sql.run(
    'CREATE TABLE children (parent TEXT REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)',
  );
  const heard: LogEvent[] = [];
  store.onCommitted((events) => heard.push(...events));
  // A child without a parent is only noticed by COMMIT: a commit that fails, without a broken disk.
  const together = await Promise.allSettled([
    store.execute(visitor, numbered('o1', 2, say('Never acknowledged'))),
    store.sql.run('INSERT INTO children VALUES (?)', ['nobody']),
  ]);
  assert.deepEqual(
    together.map((one) => one.status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(heard, []);
  assert.equal(failures.length, 1);
  assert.match(failures[0]!.message, /failed: FOREIGN KEY/);
  await assert.rejects(store.execute(visitor, numbered('o1', 2, say('Too late'))), {
    name: 'StorageFailedError',
  });
  await store.close();

  const again = await tempStore(t, { path });
  assert.deepEqual((await again.history('c1', { limit: 10 })).messages, []);
  const { reply } = await again.execute(visitor, numbered('o1', 2, say('Now it is')));
  assert.equal(reply.type, 'ack');
});

test('a job that fails takes back what it did and harms no other of its batch', async (t) => {
  const store = await tempStore(t);
  await store.sql.run('CREATE TABLE facts (id TEXT PRIMARY KEY)');
  const [first, failed, started, said] = await Promise.allSettled([
    store.sql.run('INSERT INTO facts VALUES (?)', ['a']),
    store.sql.transaction([
      { sql: 'INSERT INTO facts VALUES (?)', params: ['b'] },
      { sql: 'INSERT INTO facts VALUES (?)', params: ['a'] },
    ]),
    store.execute(visitor, numbered('o1', 1, start())),
    store.execute(visitor, numbered('o1', 2, say('Hello'))),
  ]);
  assert.deepEqual(
    [first.status, failed.status, started.status, said.status],
    ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
  );
  assert.deepEqual(await store.sql.all('SELECT id FROM facts'), [{ id: 'a' }]);
  assert.equal((await store.history('c1', { limit: 10 })).messages.length, 1);
});

test('what cannot cross to the worker fails alone', async (t) => {
  const store = await tempStore(t);
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as never;
  const [started, failed, said] = await Promise.allSettled([
    store.execute(visitor, numbered('o1', 1, start())),
    store.execute(visitor, numbered('o9', 1, { ...say('x'), data: deep })),
    store.execute(visitor, numbered('o1', 2, say('Hello'))),
  ]);
  assert.deepEqual([started.status, failed.status, said.status], ['fulfilled', 'rejected', 'fulfilled']);
});

test('a database of version 1 becomes one of the newest, and keeps what it held', async (t) => {
  const path = join(tempFolder(t), 'sahay.db');
  const old = new DatabaseSync(path);
  migrate(old, path, migrations.slice(0, 1));
  old.exec(
    'INSERT INTO users (id, state) VALUES (\'v1\', \'{"conversations":[],"consents":[],"invitations":[]}\')',
  );
  old.close();
  const store = await tempStore(t, { path });
  assert.deepEqual(await store.sql.all('PRAGMA user_version'), [{ user_version: migrations.length }]);
  const { snapshot } = (await store.read('user:v1')).subscribed;
  assert.equal(snapshot?.kind, 'user');
  assert.deepEqual(await store.sql.all('SELECT count(*) AS n FROM users'), [{ n: 1 }]);
});

test('the log of a database of version 1 is whole after the migrations', async (t) => {
  const path = join(tempFolder(t), 'sahay.db');
  const old = new DatabaseSync(path);
  migrate(old, path, migrations.slice(0, 1));
  const given = JSON.stringify({
    consent: { purpose: 'chat', granted: true, policyVersion: '1', time: '2030-01-01T00:00:00Z' },
  });
  old.exec(`INSERT INTO streams VALUES (1, 'user:v1', 'ep_1', 2);
    INSERT INTO events VALUES (1, 'e_1', 'consent.changed', '2030-01-01T00:00:00Z', '${given}'), (2, 'e_2', 'consent.changed', '2030-01-01T00:00:01Z', '${given}');
    INSERT INTO entries VALUES (1, 1, 1), (1, 2, 2)`);
  old.close();
  const store = await tempStore(t, { path });
  const { subscribed, events } = await store.read('user:v1', {
    stream: 'user:v1',
    epoch: 'ep_1',
    seq: 1,
    eventId: 'e_1',
  });
  assert.equal(subscribed.recovered, true);
  assert.deepEqual(
    events.map(({ id, seq }) => [id, seq]),
    [['e_2', 2]],
  );
});

test('a step that fails leaves the version before it', (t) => {
  const path = join(tempFolder(t), 'steps.db');
  const db = new DatabaseSync(path);
  t.after(() => db.close());
  const steps = ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)'];
  assert.throws(() => migrate(db, path, steps), /already exists/);
  assert.equal(db.prepare('PRAGMA user_version').get()?.['user_version'], 1);
  assert.equal(db.isTransaction, false);
});

test('a database of a newer release is refused with what to do', async (t) => {
  const path = join(tempFolder(t), 'sahay.db');
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA user_version = ${migrations.length + 1}`);
  db.close();
  await assert.rejects(openSqliteStore({ path, tenantId: 'shop', policy: defaultPolicy }), {
    name: 'ConfigError',
    message: /knows versions up to.*newer release.*backup/,
  });
});

test('a second server on the same file is refused with what to do', async (t) => {
  const path = join(tempFolder(t), 'sahay.db');
  await tempStore(t, { path });
  await assert.rejects(openSqliteStore({ path, tenantId: 'shop', policy: defaultPolicy }), {
    name: 'ConfigError',
    message: /in use by another process.*--data/,
  });
});

test('a file that is no database is refused and left alone', async (t) => {
  const { readFileSync, writeFileSync } = await import('node:fs');
  const path = join(tempFolder(t), 'sahay.db');
  writeFileSync(
    path,
    'This is a letter to my aunt, and long enough to be mistaken for something. '.repeat(20),
  );
  const before = readFileSync(path);
  await assert.rejects(openSqliteStore({ path, tenantId: 'shop', policy: defaultPolicy }), {
    name: 'ConfigError',
    message: /is not a Sahay database/,
  });
  assert.deepEqual(readFileSync(path), before);
});
