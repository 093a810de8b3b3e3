// Writes messages of several visitors into a store as fast as it can, and says on stdout which were acknowledged. Killed from outside.
import { writeSync } from 'node:fs';
import { defaultPolicy } from '../../packages/server/src/policy.ts';
import { openSqliteStore } from '../../packages/server/src/storage/sqlite/sqlite-store.ts';

const [path = '', visitors = '6'] = process.argv.slice(2);
process.on('disconnect', () => process.exit(0));
const store = await openSqliteStore({ path, tenantId: 'shop', policy: defaultPolicy });

async function write(index: number): Promise<never> {
  const actor = { id: `v${index}`, role: 'visitor' as const, tenantId: 'shop' };
  const conversationId = `c${index}`;
  for (let n = 1; ; n++) {
    const text = `#${conversationId}.${n} Where is my order?`;
    const { reply } = await store.execute(actor, {
      outboxId: `o${index}`,
      n,
      command:
        n === 1
          ? { type: 'conversation.start', conversationId, data: { locale: 'en' } }
          : {
              type: 'message.send',
              conversationId,
              data: { clientMessageId: `m${index}-${n}`, parts: [{ partId: 'p1', type: 'text', text }] },
            },
    });
    if (reply.type !== 'ack') throw new Error(`Number ${n} was refused: ${reply.problem.detail}`);
    if (n > 1) writeSync(1, `#${conversationId}.${n}\n`);
  }
}

await Promise.all(Array.from({ length: Number(visitors) }, (_none, index) => write(index)));
