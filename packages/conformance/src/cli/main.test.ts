import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serveDriver, type ServedDriver } from '../driver/serve-driver.ts';
import { referenceDriver } from '../reference/reference-driver.ts';
import { ReferenceServer } from '../reference/reference-server.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const program = fileURLToPath(new URL('../testing/small-client-program.ts', import.meta.url));
const conditions = '--conditions=sahay-source';

async function run(...args: string[]): Promise<{ code: number | null; out: string; error: string }> {
  const child = spawn(process.execPath, [conditions, main, ...args], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  let [out, error] = ['', ''];
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (error += data));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, error };
}

describe('the command', () => {
  let sound: ReferenceServer;
  let driver: ServedDriver;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sahay-conformance-cli-'));
    sound = await ReferenceServer.start();
    driver = await serveDriver(referenceDriver(sound));
  });
  after(async () => {
    await driver.close();
    await sound.close();
    await rm(folder, { recursive: true });
  });

  it('reports by chapter, writes JSON and JUnit, and ends with 0', async () => {
    const [json, junit] = [join(folder, 'r.json'), join(folder, 'r.xml')];
    const args = ['--only', 'seq-dense,resume-trimmed', '--strict', '--json', json, '--junit', junit];
    const { code, out } = await run(sound.url, ...args);
    assert.equal(code, 0, out);
    assert.match(out, /3\. Streams and resume/);
    assert.match(out, /✔ 3\.2\/1 +seq-dense/);
    assert.match(out, /unimplemented: needs a driver with trimLog/);
    assert.match(out, /1 passed, 0 non-strict, 0 informational, 0 failed, 1 unimplemented/);
    const [result] = JSON.parse(await readFile(json, 'utf8')) as { counts: { pass: number } }[];
    assert.equal(result?.counts.pass, 1);
    assert.match(
      await readFile(junit, 'utf8'),
      /<testsuite name="sahay websocket" tests="2" failures="0" skipped="1"/,
    );
  });

  it('drives a backend from within over HTTP', async () => {
    const args = ['--only', 'resume-trimmed', '--transport', 'all', '--driver', driver.url];
    const { code, out } = await run(sound.url, ...args);
    assert.equal(code, 0, out);
    assert.equal(out.match(/✔ 3\.8\/\d +resume-trimmed/g)?.length, 3);
  });

  it('says what was expected and what came, where it stands, and ends with 1', async () => {
    const broken = await ReferenceServer.start({ refuseProtocol: () => undefined });
    const { code, out } = await run(broken.url, '--only', 'version-none-common');
    await broken.close();
    assert.equal(code, 1);
    assert.match(out, /expected {2}a close with 4406/);
    assert.match(out, /came {6}an open socket/);
    assert.match(out, /versions\.md#131-versions/);
  });

  it('holds a client that is a program to the rules for clients', async () => {
    const client = ['client', '--only', 'client-unknown-part', '--', process.execPath, conditions, program];
    assert.equal((await run(...client)).code, 0);
    const { code, out } = await run(...client, 'client-unknown-part');
    assert.equal(code, 1);
    assert.match(out, /✖ 2\.7\/c1 +client-unknown-part/);
  });

  it('ends with 2 and one sentence where it cannot run', async () => {
    for (const [args, says] of [
      [[], /Say where the backend is/],
      [['nonsense'], /is no address/],
      [[sound.url, '--level', 'high'], /no level "high"/],
      [[sound.url, '--transport', 'pigeon'], /no transport "pigeon"/],
      [[sound.url, '--only', 'no-such-check'], /is called no-such-check/],
      [[sound.url, '--driver', 'http://127.0.0.1:9'], /driver at .* does not answer/],
      [['http://127.0.0.1:9'], /does not answer/],
      [['client'], /Say how the client is started/],
    ] as const) {
      const { code, error } = await run(...args);
      assert.equal(code, 2, error);
      assert.match(error, says);
    }
  });

  it('names every check', async () => {
    const { code, out } = await run('--list');
    assert.equal(code, 0);
    for (const name of ['seq-dense', 'oversize-frame-close-code', 'client-delta-gap'])
      assert.ok(out.includes(name));
  });
});
