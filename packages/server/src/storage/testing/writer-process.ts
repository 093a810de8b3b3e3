/** Writes messages from many visitors as fast as it can, and says on stdout which were acknowledged. Killed from outside. */
import { writeSync } from 'node:fs';
import type { Actor } from '@sahay/protocol/core';
import { defaultPolicy } from '../../policy.ts';
import { openSqliteStore } from '../sqlite/sqlite-store.ts';
import { numbered, say, start } from './temp-store.ts';

const [path = '', run = '0', visitors = '20'] = process.argv.slice(2);
const store = await openSqliteStore({ path, tenantId: 'shop', policy: defaultPolicy });

async function write(index: number): Promise<never> {
  const actor: Actor = { id: `v${index}`, role: 'visitor', tenantId: 'shop' };
  const conversationId = `c${index}`;
  const outboxId = `o${index}-${run}`;
  await store.execute(actor, numbered(outboxId, 1, start(conversationId)));
  for (let n = 2; ; n++) {
    const clientMessageId = `m${index}-${run}-${n}`;
    const { reply } = await store.execute(
      actor,
      numbered(outboxId, n, say(`Message ${n}`, conversationId, clientMessageId)),
    );
    if (reply.type !== 'ack') throw new Error(`Message ${n} was refused: ${reply.problem.detail}`);
    writeSync(1, `${clientMessageId} ${reply.result.messageId}\n`);
  }
}

await Promise.all(Array.from({ length: Number(visitors) }, (_, index) => write(index)));
