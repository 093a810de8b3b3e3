import type { Command } from '@sahay/protocol';
import { freshId } from '../ids.ts';
import type { ClientStorage, StorageWriter } from '../storage/client-storage.ts';
import type { LaneRecord, OutboxEntry } from './outbox-entry.ts';
import { entryKey, entryPrefix, laneKey, laneOf, list, outboxKey } from './outbox-keys.ts';
import type * as Recovery from './outbox-recovery.ts';

/** Where the id of the visitor's latest conversation is stored. */
export const currentKey = 'current';

/** Commands to put into a lane. */
export interface PutRequest {
  lane: string;
  commands: readonly Command[];
  at: number;
  /** Put first, unless the lane has begun. */
  start?: Command | undefined;
  /** A parked entry that this takes the place of. */
  instead?: OutboxEntry | undefined;
}

/** The outbox as it is stored. Every number is handed out inside one transaction, so two tabs never hand out the same. */
export class OutboxStore {
  readonly #storage: ClientStorage;

  constructor(storage: ClientStorage) {
    this.#storage = storage;
  }

  get durable(): boolean {
    return this.#storage.durable;
  }

  all(): Promise<OutboxEntry[]> {
    return this.#storage.read((reader) => list(reader, entryPrefix));
  }

  put({ lane, commands, at, start, instead }: PutRequest): Promise<OutboxEntry[]> {
    return this.#storage.write(async (writer) => {
      const record = (await laneOf(writer, lane)) ?? (await newLane(writer));
      const first = start && !record.started;
      if (first) writer.put(currentKey, lane);
      const entries = (first ? [start, ...commands] : commands).map((command, index): OutboxEntry => ({
        lane,
        position: record.nextPosition + index,
        outboxId: record.outboxId,
        n: record.next + index,
        command,
        at,
      }));
      for (const entry of entries) writer.put(entryKey(entry), entry);
      if (instead) writer.delete(entryKey(instead));
      writer.put(laneKey(lane), {
        outboxId: record.outboxId,
        next: record.next + entries.length,
        nextPosition: record.nextPosition + entries.length,
        started: record.started || Boolean(first),
      } satisfies LaneRecord);
      return entries;
    });
  }

  /**
   * Takes out what is settled, and stores what changed.
   *
   * @param unstarted lanes whose `conversation.start` was refused.
   */
  settle(
    gone: readonly OutboxEntry[],
    changed: readonly OutboxEntry[],
    unstarted: readonly string[],
  ): Promise<void> {
    return this.#storage.write(async (writer) => {
      for (const entry of gone) writer.delete(entryKey(entry));
      for (const entry of changed) writer.put(entryKey(entry), entry);
      for (const lane of unstarted) {
        const record = await laneOf(writer, lane);
        if (record) writer.put(laneKey(lane), { ...record, started: false });
      }
    });
  }

  /** Parks a message under a place of its own and puts `command.void` where it stood, so that its number is used up. */
  async parkUnsent(entry: OutboxEntry): Promise<void> {
    const { parkUnsent } = await recovery();
    await this.#storage.write((writer) => parkUnsent(writer, entry));
  }

  /**
   * Numbers what a lane still holds anew, under a fresh outbox id. Changes nothing when another tab has done so already:
   * then no entry is left under `outboxId`.
   */
  async renumber(lane: string, outboxId: string): Promise<void> {
    const { renumber } = await recovery();
    await this.#storage.write((writer) => renumber(writer, lane, outboxId));
  }

  /** Stores entries and their lanes again, after the storage they were in was lost. */
  async rehome(entries: readonly OutboxEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const { rehome } = await recovery();
    await this.#storage.write((writer) => rehome(writer, entries));
  }
}

/** Most outboxes never need it. */
const recovery = (): Promise<typeof Recovery> => import('./outbox-recovery.ts');

async function newLane(writer: StorageWriter): Promise<LaneRecord> {
  let outboxId = (await writer.get(outboxKey)) as string | undefined;
  if (!outboxId) writer.put(outboxKey, (outboxId = freshId('o')));
  return { outboxId, next: 1, nextPosition: 1, started: false };
}
