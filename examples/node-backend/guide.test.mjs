// docs/build-a-backend.md is this example in pieces: put together it is the same, and what stands after a step runs.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conformanceSuite } from '@sahay/conformance';

const folder = import.meta.dirname;
const guide = readFileSync(join(folder, '../../docs/build-a-backend.md'), 'utf8');
const blocks = [...guide.matchAll(/^```js \[([\w.]+)\]\n([\s\S]*?)\n```$/gm)].map(([, file, code]) => ({
  file,
  code,
}));
const piecesOf = (name) => blocks.filter(({ file }) => file === name).map(({ code }) => code);
const joined = (pieces) => `${pieces.join('\n\n')}\n`;
const options = process.execArgv.filter((one) => one.startsWith('--conditions'));

/** A folder inside the example, where its imports resolve, with some of the guide's pieces. */
function written(t, serverPieces) {
  const place = mkdtempSync(join(folder, 'guide-'));
  t.after(() => rmSync(place, { recursive: true, force: true }));
  writeFileSync(join(place, 'state.mjs'), joined(piecesOf('state.mjs')));
  writeFileSync(join(place, 'server.mjs'), joined(piecesOf('server.mjs').slice(0, serverPieces)));
  return place;
}

test('the pieces make the files of the example', () => {
  for (const file of ['state.mjs', 'server.mjs'])
    assert.equal(joined(piecesOf(file)), readFileSync(join(folder, file), 'utf8'), file);
});

test('after step 2 the log knows what it held', (t) => {
  const place = written(t, 0);
  writeFileSync(join(place, 'state.mjs'), joined(piecesOf('state.mjs').slice(0, 1)));
  const [command] = /^node -e "(.*)"$/m.exec(guide)?.slice(1) ?? [];
  const run = () =>
    execFileSync(process.execPath, [...options, '-e', command], { cwd: place, encoding: 'utf8' });
  const first = run();
  assert.match(first, /^ep-/);
  assert.equal(run(), first);
});

test('after step 4 it gives out sessions, and the kit finds its discovery document', async (t) => {
  const place = written(t, 2);
  const child = spawn(process.execPath, [...options, 'server.mjs'], {
    cwd: place,
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const url = String((await once(child.stdout, 'data'))[0]).trim();
  assert.equal((await fetch(`${url}/v1/sessions`, { method: 'POST' })).status, 201);
  const { checks } = await conformanceSuite({ url }, { only: ['discovery-document'] });
  assert.deepEqual(
    checks.map(({ grade }) => grade),
    ['pass'],
  );
});
