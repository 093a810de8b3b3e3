import type { Command } from '@sahay/protocol';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import { take } from '../outbox/take.ts';
import type { StorageWriter } from '../storage/client-storage.ts';

/** What stands in a lane now, and in place of what. */
interface PutAnew {
  readonly entries: readonly OutboxEntry[];
  readonly moved: readonly (readonly [before: OutboxEntry, now: OutboxEntry])[];
}

/**
 * Puts commands that nobody has sent into their lane, under its next numbers.
 *
 * @param lost of one lane, in order
 * @param start put first, unless the lane has begun
 */
export async function putAnew(
  writer: StorageWriter,
  lost: readonly OutboxEntry[],
  start: Command | undefined,
): Promise<PutAnew> {
  const entries: OutboxEntry[] = [];
  const moved: [OutboxEntry, OutboxEntry][] = [];
  for (const entry of lost) {
    const { lane, command, at } = entry;
    // A start is put together with the command after it, unless the lane has begun meanwhile.
    if (command.type === 'conversation.start' && entry !== lost.at(-1)) {
      start = command;
      continue;
    }
    const taken = await take(writer, lane, at, { command, start });
    start = undefined;
    moved.push([entry, taken.at(-1)!]);
    entries.push(...taken);
  }
  return { entries, moved };
}
