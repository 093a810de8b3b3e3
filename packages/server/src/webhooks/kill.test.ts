import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { atEnd } from '../storage/testing/at-end.ts';
import { tempFolder, tempStore } from '../storage/testing/temp-store.ts';
import { startWebhooks } from './start-webhooks.ts';
import { TestReceiver } from './testing/test-receiver.ts';

const program = fileURLToPath(new URL('./testing/told-process.ts', import.meta.url));
const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

/** Lets a process write until it has acknowledged this many messages, then kills it. Returns what it acknowledged. */
async function writeAndKill(path: string, url: string, run: number, acknowledged: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    ['--conditions=sahay-source', program, path, url, secret, String(run)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.split('\n').length > acknowledged && !child.killed) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL');
  return output.split('\n').slice(0, -1);
}

test('whatever was acknowledged before kill -9 is told, in the order of its conversation', async (t) => {
  const receiver = await TestReceiver.start(t);
  // Some are refused, and some answers come too late for a process that is killed meanwhile.
  let count = 0;
  receiver.react = () => ({ status: ++count % 7 === 0 ? 503 : 200 });
  const path = join(tempFolder(t), 'sahay.db');
  const acknowledged: string[] = [];
  for (let run = 0; run < 3; run++) acknowledged.push(...(await writeAndKill(path, receiver.url, run, 60)));
  receiver.react = () => ({ status: 200 });

  const store = await tempStore(t, { path });
  const endpoint = { url: receiver.url, secrets: [secret], types: ['message.created'], allowPrivate: true };
  const logger = pino({ level: 'silent' });
  atEnd(t, await startWebhooks({ endpoints: [endpoint], store, clock: Date.now, logger, backoffMs: [1] }));
  const waiting = (): Promise<object[]> => store.sql.all('SELECT n FROM webhook_deliveries LIMIT 1');
  const deadline = Date.now() + 20_000;
  while ((await waiting()).length > 0) {
    assert.ok(Date.now() < deadline, 'the outbox was not emptied');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  const told = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { event } of receiver.received) {
    if (seen.has(event.id)) continue;
    seen.add(event.id);
    const { message } = event.data as { message: { id: string; parts: { text: string }[] } };
    const texts = told.get(event.conversationId) ?? [];
    told.set(event.conversationId, [...texts, message.parts[0]!.text]);
  }
  const all = new Set([...told.values()].flat());
  assert.deepEqual(
    acknowledged.filter((text) => !all.has(text)),
    [],
    'acknowledged, and never told',
  );
  for (const [conversation, texts] of told) {
    const rows = await store.sql.all<{ text: string }>(
      "SELECT json ->> '$.parts[0].text' AS text FROM messages WHERE conversation = ? ORDER BY ordinal",
      [conversation],
    );
    assert.deepEqual(
      texts,
      rows.map(({ text }) => text),
      conversation,
    );
  }
  t.diagnostic(
    `${all.size} messages told in ${receiver.received.length} requests, ${acknowledged.length} acknowledged`,
  );
});
