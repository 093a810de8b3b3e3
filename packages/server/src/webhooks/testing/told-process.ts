/** Writes messages that an address is told of, and says on stdout which were acknowledged. Killed from outside. */
import { writeSync } from 'node:fs';
import type { Actor } from '@sahay/protocol/core';
import pino from 'pino';
import { defaultPolicy } from '../../policy.ts';
import { openSqliteStore } from '../../storage/sqlite/sqlite-store.ts';
import { numbered, say, start } from '../../storage/testing/temp-store.ts';
import { startWebhooks } from '../start-webhooks.ts';

const [path = '', url = '', secret = '', run = '0'] = process.argv.slice(2);
const types = new Set(['message.created']);
const store = await openSqliteStore({
  path,
  tenantId: 'shop',
  policy: defaultPolicy,
  webhooks: [{ url, types }],
});
const endpoint = { url, secrets: [secret], types: [...types], allowPrivate: true };
const logger = pino({ level: 'silent' });
await startWebhooks({ endpoints: [endpoint], store, clock: Date.now, logger, backoffMs: [1, 1, 1, 1, 1, 1] });

async function write(index: number): Promise<never> {
  const actor: Actor = { id: `v${index}`, role: 'visitor', tenantId: 'shop' };
  const conversationId = `c${index}`;
  const outboxId = `o${index}-${run}`;
  await store.execute(actor, numbered(outboxId, 1, start(conversationId)));
  for (let n = 2; ; n++) {
    const text = `${index}-${run}-${n}`;
    const { reply } = await store.execute(actor, numbered(outboxId, n, say(text, conversationId, text)));
    if (reply.type !== 'ack') throw new Error(`Message ${n} was refused: ${reply.problem.detail}`);
    writeSync(1, `${text}\n`);
  }
}

await Promise.all(Array.from({ length: 5 }, (_, index) => write(index)));
