import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

/** Runs a program of the examples; it is gone when the test ends. */
function run(t, folder, args, env = {}) {
  const child = spawn(process.execPath, [...process.execArgv.filter((one) => !/test/.test(one)), ...args], {
    cwd: join(import.meta.dirname, folder),
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('says that nobody is there, and asks once somebody is', { timeout: 60_000 }, async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'node-client-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const port = await freePort();
  const client = run(t, '.', ['index.mjs', `http://127.0.0.1:${port}`, 'Hello?']);
  let said = '';
  client.stdout.on('data', (text) => (said += text));
  const [complaint] = await once(client.stderr, 'data');
  assert.match(String(complaint), /No connection to .*Trying again/);
  run(t, '../node-backend', ['server.mjs'], { PORT: String(port), DATA: join(data, 'log.jsonl') });
  const [code] = await once(client, 'close');
  assert.equal(code, 0);
  assert.match(said, /You said: Hello\?/);
});
