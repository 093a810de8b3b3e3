import type { CommandResult } from '@sahay/protocol';
import type { LaneRecord, OutboxEntry } from './outbox-entry.ts';
import { SahayError } from '../sahay-error.ts';
import { entryKey, laneOf } from './outbox-keys.ts';
import type { Outbox, Write } from './outbox.ts';

const leftPrefix = 'result/';

/** How long a result is kept for the tab that waits for it, in ms: it may be gone. */
const keptMs = 60_000;

interface LeftResult {
  readonly result: CommandResult;
  readonly at: number;
}

const leftKey = (entry: OutboxEntry): string => leftPrefix + entryKey(entry);

/** Whether a command was taken in the lane that is stored now, and not in one of its name that was removed. */
export const isOf = (record: LaneRecord | undefined, { outboxId }: OutboxEntry): boolean =>
  record?.outboxId === outboxId || Boolean(record?.former?.includes(outboxId));

/** Takes a settled command out of storage. Where another tab put it, the result stays for a while, for that tab to find. */
export function leaveResult(outbox: Outbox, entry: OutboxEntry, result: CommandResult = {}): Write {
  const { waiters, host } = outbox;
  const isOwn = waiters.has(entryKey(entry));
  const at = host.clock.now();
  return async (writer) => {
    writer.delete(entryKey(entry));
    if (isOwn) return;
    for (const [key, old] of await writer.list(leftPrefix))
      if (Math.abs(at - (old as LeftResult).at) > keptMs) writer.delete(key);
    writer.put(leftKey(entry), { result, at } satisfies LeftResult);
  };
}

/**
 * What another tab has left of a command that this tab put; empty when that tab could not load what leaves it.
 *
 * @throws SahayError `cancelled` when another tab has removed all there was
 */
export async function resultLeft({ host }: Outbox, entry: OutboxEntry): Promise<CommandResult> {
  const [lane, left] = await host.storage.read(async (reader) => [
    await laneOf(reader, entry.lane),
    (await reader.get(leftKey(entry))) as LeftResult | undefined,
  ]);
  if (!isOf(lane, entry) && host.storage.durable)
    throw new SahayError('cancelled', 'Somebody was logged out in this browser after it was written.');
  return left?.result ?? {};
}
