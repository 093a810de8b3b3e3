import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testHttp } from '../http/testing/test-http.ts';
import { say, start, tempFolder } from '../storage/testing/temp-store.ts';

const program = fileURLToPath(new URL('./testing/mailing-process.ts', import.meta.url));
const began = Date.UTC(2026, 2, 2, 9);

/** A data folder in which one answer is to be e-mailed; no process has it open. */
async function answered(t: TestContext): Promise<string> {
  const dataFolder = tempFolder(t);
  const http = await testHttp(t, { clock: () => began, config: { dataFolder } });
  const [asha, rumi] = [await http.visitor(), await http.agent()];
  await http.core.context.settings.change({ email: { enabled: true } }, rumi.actor.id);
  await asha.run(start());
  const contact = { email: 'asha@example.org' };
  await asha.run({ type: 'context.update', conversationId: 'c1', data: { contact } });
  await rumi.run({ type: 'assignment.accept', conversationId: 'c1', data: {} });
  await rumi.run(say('It left on Monday.'));
  await http.core.close();
  return dataFolder;
}

/** Runs a process over the folder, killed as soon as it is at a moment of handing over, or to its end. */
async function mailing(
  dataFolder: string,
  kind: 'files' | 'plain',
  { killedAt = 'never', minutes = 1 } = {},
): Promise<void> {
  const args = [dataFolder, join(dataFolder, 'sent'), kind, killedAt, String(began + minutes * 60_000)];
  const child = spawn(process.execPath, ['--conditions=sahay-source', program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  const killed = killedAt !== 'never';
  assert.deepEqual([output.trim(), child.signalCode], killed ? [killedAt, 'SIGKILL'] : ['', null]);
  if (!killed) assert.equal(child.exitCode, 0);
}

const sent = (dataFolder: string): number => {
  const folder = join(dataFolder, 'sent');
  return existsSync(folder) ? readdirSync(folder).length : 0;
};

const cases = [
  { kind: 'files', killedAt: 'before', once: 1, what: 'can tell, and did not have it: it is sent' },
  { kind: 'files', killedAt: 'after', once: 1, what: 'can tell, and has it: once' },
  { kind: 'plain', killedAt: 'after', once: 1, what: 'cannot tell, and has it: never twice' },
  {
    kind: 'plain',
    killedAt: 'before',
    once: 0,
    what: 'cannot tell, and did not have it: at most once, here not',
  },
] as const;

for (const { kind, killedAt, once: times, what } of cases)
  test(`kill -9 while an e-mail is handed over to what ${what}`, async (t) => {
    const dataFolder = await answered(t);
    await mailing(dataFolder, kind, { killedAt });
    const before = sent(dataFolder);
    assert.equal(before, killedAt === 'after' ? 1 : 0);
    for (const minutes of [2, 60, 24 * 60]) await mailing(dataFolder, kind, { minutes });
    assert.equal(sent(dataFolder), times);
  });

test('where nobody was killed the same e-mail is sent once', async (t) => {
  const dataFolder = await answered(t);
  for (const minutes of [1, 2, 60]) await mailing(dataFolder, 'plain', { minutes });
  assert.equal(sent(dataFolder), 1);
});
