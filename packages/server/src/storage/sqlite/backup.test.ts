import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { numbered, say, start, tempFolder, tempStore, visitor } from '../testing/temp-store.ts';

test('a backup that is written while others write is whole, and holds all that was acknowledged before', async (t) => {
  const folder = tempFolder(t);
  const store = await tempStore(t, { path: join(folder, 'sahay.db') });
  await store.execute(visitor, numbered('o1', 1, start()));
  const fill = 'x'.repeat(15_000);
  let n = 2;
  const send = (): Promise<unknown> => {
    const number = n++;
    return store.execute(visitor, numbered('o1', number, say(fill, 'c1', `cm${number}`)));
  };
  await Promise.all(Array.from({ length: 600 }, send));
  const path = join(folder, 'copy.db');
  let isDone = false;
  const backup = store.backup(path).finally(() => (isDone = true));
  let during = 0;
  for (; !isDone; during++) await send();
  await backup;
  assert.ok(during > 1, 'nothing was acknowledged while the backup was written');
  const copy = new DatabaseSync(path, { readOnly: true });
  t.after(() => copy.close());
  assert.deepEqual({ ...copy.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
  const { held } = copy.prepare('SELECT count(*) AS held FROM messages').get() as { held: number };
  assert.ok(held >= 600, `${held} of 600 messages`);
  const gaps = copy
    .prepare(
      `SELECT streams.id FROM streams LEFT JOIN entries ON entries.stream = streams.n GROUP BY streams.n
       HAVING coalesce(max(seq), 0) <> head OR count(seq) <> head`,
    )
    .all();
  assert.deepEqual(gaps, []);
  assert.equal(existsSync(`${path}.part`), false);
});

test('a backup overwrites nothing, and says so', async (t) => {
  const folder = tempFolder(t);
  const store = await tempStore(t, { path: join(folder, 'sahay.db') });
  writeFileSync(join(folder, 'there'), 'mine');
  await assert.rejects(store.backup(join(folder, 'there')), {
    name: 'ConfigError',
    message: /a file at.*already/,
  });
  await assert.rejects(store.backup(join(folder, 'none', 'copy.db')), {
    name: 'ConfigError',
    message: /could not be written/,
  });
});

test('a store that is closed while a backup is written finishes both', async (t) => {
  const folder = tempFolder(t);
  const store = await tempStore(t, { path: join(folder, 'sahay.db') });
  await store.execute(visitor, numbered('o1', 1, start()));
  const backup = store.backup(join(folder, 'copy.db'));
  await Promise.all([backup, store.close()]);
  const copy = new DatabaseSync(join(folder, 'copy.db'), { readOnly: true });
  t.after(() => copy.close());
  assert.equal(copy.prepare('SELECT count(*) AS n FROM conversations').get()?.['n'], 1);
});
