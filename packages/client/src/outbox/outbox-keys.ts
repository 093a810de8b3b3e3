import type { StorageReader } from '../storage/client-storage.ts';
import type { LaneRecord, OutboxEntry } from './outbox-entry.ts';

/** Where the id of this browser's outbox is stored. */
export const outboxKey = 'outbox';
/** Where the id of the visitor's latest conversation is stored. */
export const currentKey = 'current';
/** What the keys of all entries start with. */
export const entryPrefix = 'command/';

/** Where a lane is stored. */
export const laneKey = (lane: string): string => `lane/${lane}`;

/** Where an entry is stored. */
export const entryKey = ({ lane, position }: OutboxEntry): string =>
  `${entryPrefix}${lane}/${String(position).padStart(12, '0')}`;

/** The stored entries whose keys start with a prefix, in order. */
export async function list(reader: StorageReader, prefix: string): Promise<OutboxEntry[]> {
  return (await reader.list(prefix)).map(([, value]) => value as OutboxEntry);
}

/** What is stored about a lane. */
export async function laneOf(reader: StorageReader, lane: string): Promise<LaneRecord | undefined> {
  return (await reader.get(laneKey(lane))) as LaneRecord | undefined;
}
