// What an outbox does when something went wrong: loaded then. Each works within one transaction.
import { freshId } from '../ids.ts';
import type { StorageWriter } from '../storage/client-storage.ts';
import { messageKeyOf, type LaneRecord, type OutboxEntry } from './outbox-entry.ts';
import { entryKey, entryPrefix, laneKey, laneOf, list, outboxKey } from './outbox-keys.ts';

/** See `OutboxStore.parkUnsent`. */
export async function parkUnsent(writer: StorageWriter, entry: OutboxEntry): Promise<void> {
  const { problem: _parked, ...rest } = entry;
  const { conversationId } = entry.command;
  writer.put(entryKey(entry), { ...rest, command: { type: 'command.void', conversationId, data: {} } });
  if (!messageKeyOf(entry)) return;
  const record = await laneOf(writer, entry.lane);
  if (!record) return;
  const parked = { ...entry, position: record.nextPosition };
  writer.put(entryKey(parked), parked);
  writer.put(laneKey(entry.lane), { ...record, nextPosition: record.nextPosition + 1 });
}

/** See `OutboxStore.renumber`. */
export async function renumber(writer: StorageWriter, lane: string, outboxId: string): Promise<void> {
  const record = await laneOf(writer, lane);
  const pending = (await list(writer, `${entryPrefix}${lane}/`)).filter((entry) => !entry.problem);
  if (!pending.some((entry) => entry.outboxId === outboxId)) return;
  const fresh = freshId('o');
  let n = 0;
  for (const entry of pending) {
    if (entry.command.type === 'command.void') writer.delete(entryKey(entry));
    else writer.put(entryKey(entry), { ...entry, outboxId: fresh, n: ++n });
  }
  const nextPosition = record?.nextPosition ?? (pending.at(-1)?.position ?? 0) + 1;
  writer.put(laneKey(lane), {
    outboxId: fresh,
    next: n + 1,
    nextPosition,
    started: record?.started ?? false,
  } satisfies LaneRecord);
  writer.put(outboxKey, fresh);
}

/** See `OutboxStore.rehome`. */
export async function rehome(writer: StorageWriter, entries: readonly OutboxEntry[]): Promise<void> {
  for (const entry of entries) {
    writer.put(entryKey(entry), entry);
    const record = await laneOf(writer, entry.lane);
    writer.put(laneKey(entry.lane), {
      outboxId: entry.outboxId,
      next: Math.max(record?.next ?? 1, entry.n + 1),
      nextPosition: Math.max(record?.nextPosition ?? 1, entry.position + 1),
      started: true,
    } satisfies LaneRecord);
  }
}
