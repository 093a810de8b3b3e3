import { randomUUID } from 'node:crypto';
import { laneOf } from '@sahay/protocol';
import type { NumberedCommand, Reply, Store } from '../../packages/server/src/storage/store.ts';
import { decorate, pause } from './decorate.ts';

/** How long a message stays in memory alone, in ms. */
const writeBehindMs = 20;

/** A message is acknowledged at once and written later: what a kill meets between was promised and is gone. */
export function acknowledgeBeforeCommit(store: Store): Store {
  return decorate(store, {
    execute: async (actor, numbered, options) => {
      const written = pause(writeBehindMs).then(() => store.execute(actor, numbered, options));
      if (numbered.command.type !== 'message.send') return written;
      written.catch(() => undefined);
      const { outboxId, n, command } = numbered;
      return { reply: { type: 'ack', outboxId, n, lane: laneOf(command), result: {} } };
    },
  });
}

/** The same body under names that nobody has used: neither the lane nor the message's own id tells that it ran before. */
function disguised({ command }: NumberedCommand): NumberedCommand {
  if (command.type !== 'message.send') return { outboxId: randomUUID(), n: 1, command };
  const data = { ...command.data, clientMessageId: randomUUID() };
  return { outboxId: randomUUID(), n: 1, command: { ...command, data } };
}

async function asIfNew(
  store: Store,
  actor: Parameters<Store['execute']>[0],
  numbered: NumberedCommand,
): Promise<{ reply: Reply }> {
  const { reply } = await store.execute(actor, disguised(numbered));
  return { reply: { ...reply, outboxId: numbered.outboxId, n: numbered.n } };
}

const placeOf = ({ outboxId, command }: NumberedCommand): string => `${outboxId}/${laneOf(command)}`;

/** A number that was done runs again. */
export function noDeDuplication(store: Store): Store {
  const done = new Map<string, number>();
  return decorate(store, {
    execute: async (actor, numbered, options) => {
      const place = placeOf(numbered);
      if (numbered.n <= (done.get(place) ?? 0)) return asIfNew(store, actor, numbered);
      const executed = await store.execute(actor, numbered, options);
      if (executed.reply.type === 'ack') done.set(place, Math.max(numbered.n, done.get(place) ?? 0));
      return executed;
    },
  });
}

/** What a process before this one had done already runs again. */
export function laneNumberForgotten(store: Store): Store {
  const known = new Set<string>();
  return decorate(store, {
    execute: async (actor, numbered, options) => {
      const { outboxId, n, command } = numbered;
      if (!known.has(placeOf(numbered)) && command.type === 'message.send') {
        const [row] = await store.sql.all<{ last: number }>(
          'SELECT last_done AS last FROM lanes WHERE outbox = ? AND lane = ?',
          [outboxId, laneOf(command)],
        );
        if (row && n <= row.last) return asIfNew(store, actor, numbered);
      }
      known.add(placeOf(numbered));
      return store.execute(actor, numbered, options);
    },
  });
}
