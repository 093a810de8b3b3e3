import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

/** A server that says where it is and what it was given, and what signals it hears. */
const server = `
const say = (text) => process.stdout.write(text + '\\n');
if (process.argv.includes('--bad')) { process.stderr.write('That does not work.\\n'); process.exit(3); }
const port = process.argv.lastIndexOf('--port') < 0 ? 4711 : process.argv[process.argv.lastIndexOf('--port') + 1];
say('Sahay is at http://localhost:' + (port === '0' ? 4711 : port));
say('pid ' + process.pid);
process.on('SIGTERM', () => { say('stopped politely'); process.exit(0); });
setInterval(() => undefined, 1000);
`;
const start = `
import { Supervisor } from ${JSON.stringify(new URL('./supervisor.mjs', import.meta.url).href)};
process.exit(await new Supervisor(process.argv[2], process.argv.slice(3)).run());
`;

function run(t, ...args) {
  const folder = mkdtempSync(join(tmpdir(), 'sahay-supervisor-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'server.mjs'), server);
  writeFileSync(join(folder, 'start.mjs'), start);
  const child = spawn(process.execPath, [join(folder, 'start.mjs'), join(folder, 'server.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  const ended = once(child, 'close');
  const pids = () => [...said.out.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));
  return { child, said, ended, pids };
}

async function until(isTrue) {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test(
  'what cannot work ends with its sentence and its code, and is not tried again',
  { timeout: 30_000 },
  async (t) => {
    const { said, ended } = run(t, '--bad');
    assert.equal((await ended)[0], 3);
    assert.deepEqual(said, { out: '', err: 'That does not work.\n' });
  },
);

test(
  'a server that was killed is started again where it was; a polite stop is passed on',
  { timeout: 30_000 },
  async (t) => {
    const { child, said, ended, pids } = run(t, '--port', '0');
    await until(() => pids().length === 1);
    process.kill(pids()[0], 'SIGKILL');
    await until(() => pids().length === 2);
    assert.equal(said.out.match(/Sahay is at/g).length, 1, 'where it is stands there already');
    assert.match(said.err, /started again/);
    child.kill('SIGTERM');
    assert.equal((await ended)[0], 0);
    assert.match(said.out, /stopped politely/);
  },
);

test('the server does not outlive who supervises it', { timeout: 30_000 }, async (t) => {
  const { child, pids } = run(t);
  await until(() => pids().length === 1);
  child.kill('SIGKILL');
  await until(() => !isAlive(pids()[0]));
});
