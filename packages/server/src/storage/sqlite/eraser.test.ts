import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultPolicy } from '../../policy.ts';
import type { Store } from '../store.ts';
import { numbered, say, start, tempFolder, tempStore, visitor } from '../testing/temp-store.ts';
import { Engine } from './engine.ts';
import { GroupCommit } from './group-commit.ts';

const secret = 'a secret that must go';
const erase = (conversationId: string) => ({ type: 'data.erase' as const, data: { conversationId } });

/** How many events of the whole log say something. */
async function eventsWith(store: Store, words: string): Promise<number> {
  const rows = await store.sql.all<{ n: number }>('SELECT n FROM events WHERE instr(data, ?) > 0', [words]);
  return rows.length;
}

/** Two conversations whose messages come in turn, each with a secret of its own. */
async function twoTalks(store: Store): Promise<void> {
  for (const id of ['c1', 'c2']) await store.execute(visitor, numbered(id, 1, start(id)));
  for (let n = 2; n < 12; n++)
    await Promise.all(
      ['c1', 'c2'].map((id) =>
        store.execute(visitor, numbered(id, n, say(`${secret} of ${id}, ${n}`, id, `${id}-${n}`))),
      ),
    );
}

describe('an erased conversation', () => {
  test('is gone from all that the inbox told, and nobody else’s is', async (t) => {
    // A clock that stands: whatever comes in turn comes in the same moment.
    const store = await tempStore(t, { clock: () => 1_772_357_400_000 });
    await twoTalks(store);
    const others = await eventsWith(store, `${secret} of c2`);
    assert.ok(others >= 20 && (await eventsWith(store, `${secret} of c1`)) === others);
    const { reply } = await store.execute(visitor, numbered('o', 1, erase('c1')));
    assert.equal(reply.type, 'ack');
    assert.equal(await eventsWith(store, `${secret} of c1`), 0);
    assert.equal(await eventsWith(store, `${secret} of c2`), others);
  });

  test('is gone too where its own log was trimmed', async (t) => {
    const store = await tempStore(t);
    await twoTalks(store);
    for (const audience of ['public', 'staff'] as const)
      await store.trim({ stream: `conversation:c1:${audience}`, keep: 2 });
    assert.ok((await eventsWith(store, `${secret} of c1`)) > 0);
    await store.execute(visitor, numbered('o', 1, erase('c1')));
    assert.equal(await eventsWith(store, `${secret} of c1`), 0);
  });

  test('is found without looking at what others have said', async (t) => {
    const store = await tempStore(t);
    await store.execute(visitor, numbered('other', 1, start('other')));
    await store.execute(visitor, numbered('c1', 1, start()));
    await store.execute(visitor, numbered('c1', 2, say(secret)));
    // Whoever reads this stumbles over it. With a million of them, nothing else would be stored for half a minute.
    await store.sql.run(
      `INSERT INTO events (n, id, type, time, data) VALUES (1000000, 'e_other', 'inbox.changed', '2026-03-01T09:30:00.000Z', 'no JSON')`,
    );
    await store.sql.run(
      "INSERT INTO entries (stream, seq, event) SELECT n, 1000000, 1000000 FROM streams WHERE id = 'inbox:shop'",
    );
    const { reply } = await store.execute(visitor, numbered('o', 1, erase('c1')));
    assert.equal(reply.type, 'ack', JSON.stringify(reply));
    assert.equal(await eventsWith(store, secret), 0);
  });
});

/** Waits until a text stands in the write-ahead log no more. */
async function leavesLog(path: string, text: string): Promise<void> {
  for (let look = 0; look < 1_000 && readFileSync(`${path}-wal`).includes(text); look++) await pause(10);
  assert.ok(!readFileSync(`${path}-wal`).includes(text), `"${text}" stands in the log`);
}

test('the write-ahead log is emptied by the next process where one was killed right after it erased', async (t) => {
  const path = join(tempFolder(t), 'sahay.db');
  const engine = new Engine({
    path,
    tenantId: 'shop',
    policy: defaultPolicy,
    limits: { replay: 100, bytes: 100_000, window: 100 },
    webhooks: [],
  });
  t.after(() => engine.db.raw.close());
  const commits = new GroupCommit(engine);
  const commands = [numbered('c', 1, start()), numbered('c', 2, say(secret)), numbered('o', 1, erase('c1'))];
  for (const [id, command] of commands.entries())
    commits.run([{ id, task: { kind: 'execute', actor: visitor, command, now: Date.now(), options: {} } }]);
  // What a kill leaves: the files as they are now.
  const left = join(tempFolder(t), 'sahay.db');
  for (const suffix of ['', '-wal']) copyFileSync(path + suffix, left + suffix);
  assert.ok(readFileSync(`${left}-wal`).includes(secret), 'it is looked for where it stands');
  const store = await tempStore(t, { path: left });
  await store.conversation('c1');
  await leavesLog(left, secret);
  assert.ok(!readFileSync(left).includes(secret));
});
