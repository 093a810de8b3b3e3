import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createSupportClient } from '@sahay/client';
import { conformanceSuite } from '@sahay/conformance';

const folder = import.meta.dirname;

/** Starts the backend as a process of its own; it is gone when the test ends. */
async function started(t, data, port = 0) {
  const child = spawn(
    process.execPath,
    [...process.execArgv.filter((one) => !/test/.test(one)), 'server.mjs'],
    {
      cwd: folder,
      env: { ...process.env, NODE_TEST_CONTEXT: undefined, PORT: String(port), DATA: data },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  t.after(() => child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  return { url: String(line).trim(), child };
}

function dataFile(t) {
  const temporary = mkdtempSync(join(tmpdir(), 'node-backend-'));
  t.after(() => rmSync(temporary, { recursive: true, force: true }));
  return join(temporary, 'log.jsonl');
}

/** Resolves once the conversation's messages say what they should. */
function until(conversation, isSo) {
  return new Promise((resolve) => {
    const look = () => isSo(said(conversation)) && (stop(), resolve(said(conversation)));
    const stop = conversation.subscribe(look);
    look();
  });
}
const said = (conversation) =>
  conversation
    .getSnapshot()
    .messages.slice()
    .map(({ message }) => message.parts[0].text);

test('it is at most 150 lines', () => {
  const lines = ['server.mjs', 'state.mjs'].flatMap((file) =>
    readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'),
  );
  assert.ok(lines.length <= 150, String(lines.length));
});

test('it passes the core level, strictly', async (t) => {
  const { url } = await started(t, dataFile(t));
  const { checks } = await conformanceSuite({ url }, { level: 'core' });
  assert.ok(checks.filter(({ grade }) => grade === 'pass').length >= 25);
  assert.deepEqual(
    checks.filter(({ grade }) => grade === 'fail' || grade === 'non-strict'),
    [],
  );
});

test('a client talks to it across a kill, and everything is there once, in order', async (t) => {
  const data = dataFile(t);
  const { url, child } = await started(t, data);
  const client = createSupportClient({ url });
  t.after(() => client.destroy());
  const conversation = client.conversations.create();
  await conversation.send('One');
  await until(conversation, (texts) => texts.at(-1) === 'You said: One');

  child.kill('SIGKILL');
  await once(child, 'exit');
  appendFileSync(data, '{"a line that the kill cut');
  const written = conversation.send('Two');
  await started(t, data, new URL(url).port);
  await written;
  const expected = ['Hello!', 'One', 'You said: One', 'Two', 'You said: Two'];
  assert.deepEqual(await until(conversation, (texts) => texts.at(-1) === 'You said: Two'), expected);
});

test('a request that is cut off in its middle ends nothing', async (t) => {
  const { url } = await started(t, dataFile(t));
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal((await fetch(`${url}/v1/sessions`, { method: 'POST' })).status, 201);
});

test('a secret that was rotated away ends the session; the one before the latest does not', async (t) => {
  const { url } = await started(t, dataFile(t));
  const post = async (path, body) => {
    const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, ...(await response.json()) };
  };
  const refresh = ({ refreshSecret }) => post('/v1/sessions/refresh', { refreshSecret });
  const first = await post('/v1/sessions', {});
  const second = await refresh(first);
  assert.equal((await refresh(first)).refreshSecret, second.refreshSecret, 'an answer that was lost');
  const third = await refresh(second);
  assert.equal(third.status, 200);
  assert.equal((await refresh(first)).code, 'token_invalid');
  assert.equal((await refresh(third)).code, 'token_invalid', 'the session has ended');
});
