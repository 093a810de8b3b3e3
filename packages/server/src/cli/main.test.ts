import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Session } from '@sahay/protocol';
import { say, start, tempFolder } from '../storage/testing/temp-store.ts';
import { installPackage } from './testing/install-package.ts';
import { TestSocket } from '../testing/test-socket.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

function run(args: string[], env: Record<string, string> = {}, cwd?: string) {
  const child = spawn(process.execPath, ['--conditions=sahay-source', main, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], SAHAY_LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (output.out += String(chunk)));
  child.stderr.on('data', (chunk) => (output.err += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, output, ended };
}

test('prints the address and below it a link to sign in, serves what is installed, and stops when asked to', async (t) => {
  const folder = tempFolder(t);
  installPackage(folder, 'console', 'dist/app/index.html');
  installPackage(folder, 'elements', 'dist/bundle/sahay.js');
  const { child, output, ended } = run(
    ['--port', '0', '--data', join(folder, 'data')],
    { SAHAY_DATA: '/nowhere/at/all' },
    folder,
  );
  while (!/sign-in=/.test(output.out))
    await Promise.race([once(child.stdout, 'data'), ended.then(({ err }) => assert.fail(err))]);
  const [first, second] = output.out.split('\n');
  const url = /http:\/\/localhost:\d+$/.exec(first!)?.[0];
  assert.ok(url);
  assert.ok(second?.includes(`${url}/console/#sign-in=`));
  for (const path of ['/healthz', '/console/', '/sahay.js'])
    assert.equal((await fetch(`${url}${path}`)).status, 200, path);
  child.kill('SIGTERM');
  assert.deepEqual((await ended).code, 0);
});

test('what cannot work stops the start with one sentence', async (t) => {
  const folder = tempFolder(t);
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  t.after(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const data = ['--data', join(folder, 'data')];
  const cases: [string[], RegExp, Record<string, string>?][] = [
    [['--prot', '1'], /Unknown option '--prot'.*--help/],
    [['--port', String(port), ...data], /Port \d+ is in use.*--port or PORT/],
    [['--kb', join(folder, 'none'), ...data], /does not exist.*--kb/],
    [data, /SAHAY_LOG_LEVEL is "loud"/, { SAHAY_LOG_LEVEL: 'loud' }],
  ];
  for (const [args, sentence, env] of cases) {
    const { code, out, err } = await run(args, env).ended;
    assert.equal(code, 1, args.join(' '));
    assert.match(err, sentence);
    assert.equal(err.trim().split('\n').length, 1, err);
    assert.equal(out, '');
  }
});

test('a file that is no database stops the start', async (t) => {
  const folder = tempFolder(t);
  writeFileSync(join(folder, 'sahay.db'), 'x'.repeat(5000));
  const { code, err } = await run(['--port', '0', '--data', folder]).ended;
  assert.equal(code, 1);
  assert.match(err, /is not a Sahay database.*--data/);
});

test('a disk that takes no more ends the process with a sentence, and what was acknowledged is kept', async (t) => {
  const folder = tempFolder(t);
  // No file may grow beyond a megabyte: the write fails in the middle of serving, as on a full disk.
  const limited = spawn(
    'sh',
    [
      '-c',
      'ulimit -f 2048; exec "$@"',
      'sh',
      process.execPath,
      '--conditions=sahay-source',
      main,
      '--port',
      '0',
      '--data',
      folder,
    ],
    {
      env: { PATH: process.env['PATH'], SAHAY_LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let err = '';
  limited.stderr.on('data', (chunk) => (err += String(chunk)));
  const ended = once(limited, 'close');
  const [line] = (await once(limited.stdout, 'data')) as [Buffer];
  const url = /http:\/\/localhost:\d+/.exec(String(line))![0];
  const acknowledged: string[] = [];
  for (let visitor = 0; limited.exitCode === null && visitor < 20; visitor++)
    await fillAs(visitor).catch(() => undefined);
  async function fillAs(visitor: number): Promise<void> {
    const response = await fetch(`${url}/v1/sessions`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    const { accessToken } = (await response.json()) as Session;
    const socket = await TestSocket.hello(`${url.replace('http', 'ws')}/v1/socket`, accessToken);
    await socket.command(start(`c${visitor}`), `o${visitor}`);
    for (let n = 0; n < 15; n++) {
      const reply = await socket.command(
        say('x'.repeat(15_000), `c${visitor}`, `m${visitor}-${n}`),
        `o${visitor}`,
      );
      if (reply.type === 'ack') acknowledged.push(reply.result.messageId!);
    }
  }
  const [code] = await ended;
  assert.equal(code, 1);
  assert.match(err, /^The database .* failed: .*Nothing more is acknowledged.*start the server again/);
  assert.ok(acknowledged.length > 0);
  const db = new DatabaseSync(join(folder, 'sahay.db'));
  t.after(() => db.close());
  const stored = new Set(
    db
      .prepare('SELECT id FROM messages')
      .all()
      .map((row) => row['id']),
  );
  assert.deepEqual(
    acknowledged.filter((id) => !stored.has(id)),
    [],
  );
});

test('--help and --version answer and end', async () => {
  const help = await run(['--help']).ended;
  assert.equal(help.code, 0);
  assert.match(help.out, /--allow-origin/);
  assert.match((await run(['--version']).ended).out, /^\d+\.\d+\.\d+\n$/);
});
