import type { Command } from '@sahay/protocol';
import { freshId } from '../ids.ts';
import type { StorageWriter } from '../storage/client-storage.ts';
import type { LaneRecord, OutboxEntry } from './outbox-entry.ts';
import { currentKey, entryKey, laneKey, laneOf, outboxKey } from './outbox-keys.ts';

/** A command to put into its lane. */
export interface PutRequest {
  command: Command;
  /** Put first, unless the lane has begun. */
  start?: Command | undefined;
  /** A parked entry that this takes the place of. */
  instead?: OutboxEntry | undefined;
}

/** Stores a command under the next number of its lane, so that two tabs never hand out the same. */
export async function take(
  writer: StorageWriter,
  lane: string,
  at: number,
  { command, start, instead }: PutRequest,
): Promise<OutboxEntry[]> {
  const record = (await laneOf(writer, lane)) ?? (await newLane(writer));
  const { outboxId, next, nextPosition, started } = record;
  const commands = start && !started ? [start, command] : [command];
  const begins = commands[0]!.type === 'conversation.start';
  if (begins) writer.put(currentKey, lane);
  const entries = commands.map((one, index) => ({
    lane,
    position: nextPosition + index,
    outboxId,
    n: next + index,
    command: one,
    at,
  }));
  for (const entry of entries) writer.put(entryKey(entry), entry);
  if (instead) writer.delete(entryKey(instead));
  writer.put(laneKey(lane), {
    ...record,
    next: next + entries.length,
    nextPosition: nextPosition + entries.length,
    started: started || begins,
  } satisfies LaneRecord);
  return entries;
}

async function newLane(writer: StorageWriter): Promise<LaneRecord> {
  let outboxId = (await writer.get(outboxKey)) as string | undefined;
  if (!outboxId) writer.put(outboxKey, (outboxId = freshId('o')));
  return { outboxId, next: 1, nextPosition: 1, started: false };
}
