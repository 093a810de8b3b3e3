import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Cursor } from '@sahay/protocol';
import { numbered, say, start, tempFolder, tempStore, visitor } from '../storage/testing/temp-store.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const stream = 'conversation:c1:public';

function run(args: string[]) {
  const child = spawn(process.execPath, ['--conditions=sahay-source', main, ...args], {
    env: { PATH: process.env['PATH'], SAHAY_LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }));
  return { child, ended };
}

/** Says something in a fresh or an existing database; returns where the stream then is. */
async function converse(t: TestContext, path: string, n: number, text: string): Promise<Cursor> {
  const store = await tempStore(t, { path, tenantId: 'default' });
  if (n === 1) await store.execute({ ...visitor, tenantId: 'default' }, numbered('o1', 1, start()));
  await store.execute({ ...visitor, tenantId: 'default' }, numbered('o1', n + 1, say(text, 'c1', `cm${n}`)));
  const { asOf } = (await store.read(stream)).subscribed.snapshot!;
  await store.close();
  return asOf;
}

test('a database is backed up and restored; a client that saw the lost time gets a snapshot', async (t) => {
  const folder = tempFolder(t);
  const path = join(folder, 'sahay.db');
  const before = await converse(t, path, 1, 'Before the backup');
  const copied = await run(['backup', join(folder, 'copy.db'), '--data', folder]).ended;
  assert.equal(copied.code, 0, copied.err);
  assert.match(copied.out, /copied to .*copy\.db.*uploads/);
  const lost = await converse(t, path, 2, 'After the backup');
  const restored = await run(['restore', join(folder, 'copy.db'), '--data', folder]).ended;
  assert.equal(restored.code, 0, restored.err);
  const store = await tempStore(t, { path, tenantId: 'default' });
  for (const cursor of [before, lost]) {
    const { subscribed } = await store.read(stream, cursor);
    assert.equal(subscribed.recovered, false);
    assert.equal(subscribed.snapshot?.kind === 'conversation' && subscribed.snapshot.messages.length, 1);
  }
  assert.equal(
    readdirSync(folder).filter((name) => name.startsWith('sahay.db.2')).length,
    1,
    'what was there is kept',
  );
});

test('a running server writes its own backup, and cannot be restored over', async (t) => {
  const folder = tempFolder(t);
  const { child, ended } = run(['--port', '0', '--data', folder]);
  await once(child.stdout, 'data');
  const copied = await run(['backup', join(folder, 'copy.db'), '--data', folder]).ended;
  assert.equal(copied.code, 0, copied.err);
  const again = await run(['backup', join(folder, 'copy.db'), '--data', folder]).ended;
  assert.equal(again.code, 1);
  assert.match(again.err, /a file at .* already/);
  const refused = await run(['restore', join(folder, 'copy.db'), '--data', folder]).ended;
  assert.equal(refused.code, 1);
  assert.match(refused.err, /in use by another process/);
  child.kill('SIGTERM');
  assert.equal((await ended).code, 0);
  const store = await tempStore(t, { path: join(folder, 'copy.db') });
  assert.deepEqual(await store.sql.all('SELECT count(*) AS n FROM agents'), [{ n: 1 }]);
});

test('what cannot work is said in one sentence', async (t) => {
  const folder = tempFolder(t);
  await converse(t, join(folder, 'sahay.db'), 1, 'Hello');
  writeFileSync(join(folder, 'junk'), 'x'.repeat(5_000));
  for (const [args, sentence] of [
    [['backup'], /Give one file/],
    [['restore', join(folder, 'none'), '--data', folder], /There is no file/],
    [['restore', join(folder, 'junk'), '--data', folder], /is not a Sahay database/],
    [['backup', join(folder, 'x.db'), '--data', join(folder, 'none')], /no database in/],
  ] as const) {
    const { code, err } = await run([...args]).ended;
    assert.equal(code, 1);
    assert.match(err, sentence);
  }
});
