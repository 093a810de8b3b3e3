import type { Command } from '@sahay/protocol';
import { freshId } from '../ids.ts';
import type { ClientStorage, StorageReader, StorageWriter } from '../storage/client-storage.ts';
import { messageKeyOf, type LaneRecord, type OutboxEntry } from './outbox-entry.ts';

/** Where the id of this browser's outbox is stored. */
export const outboxKey = 'outbox';
/** Where the id of the visitor's latest conversation is stored. */
export const currentKey = 'current';
const laneKey = (lane: string): string => `lane/${lane}`;
const entryPrefix = 'command/';
const entryKey = ({ lane, position }: OutboxEntry): string =>
  `${entryPrefix}${lane}/${String(position).padStart(12, '0')}`;
const isVoid = ({ command }: OutboxEntry): boolean => command.type === 'command.void';

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
  parkUnsent(entry: OutboxEntry): Promise<void> {
    return this.#storage.write(async (writer) => {
      const { problem: _parked, ...rest } = entry;
      const { conversationId } = entry.command;
      writer.put(entryKey(entry), { ...rest, command: { type: 'command.void', conversationId, data: {} } });
      if (!messageKeyOf(entry)) return;
      const record = await laneOf(writer, entry.lane);
      if (!record) return;
      const parked = { ...entry, position: record.nextPosition };
      writer.put(entryKey(parked), parked);
      writer.put(laneKey(entry.lane), { ...record, nextPosition: record.nextPosition + 1 });
    });
  }

  /**
   * Numbers what a lane still holds anew, under a fresh outbox id. Changes nothing when another tab has done so already:
   * then no entry is left under `outboxId`.
   */
  renumber(lane: string, outboxId: string): Promise<void> {
    return this.#storage.write(async (writer) => {
      const record = await laneOf(writer, lane);
      const pending = (await list(writer, `${entryPrefix}${lane}/`)).filter((entry) => !entry.problem);
      if (!pending.some((entry) => entry.outboxId === outboxId)) return;
      const fresh = freshId('o');
      let n = 0;
      for (const entry of pending) {
        if (isVoid(entry)) writer.delete(entryKey(entry));
        else writer.put(entryKey(entry), { ...entry, outboxId: fresh, n: ++n });
      }
      const nextPosition = record?.nextPosition ?? (pending.at(-1)?.position ?? 0) + 1;
      writer.put(laneKey(lane), {
        outboxId: fresh,
        next: n + 1,
        nextPosition,
        started: record?.started ?? false,
      });
      writer.put(outboxKey, fresh);
    });
  }

  /** Stores entries and their lanes again, after the storage they were in was lost. */
  rehome(entries: readonly OutboxEntry[]): Promise<void> {
    return this.#storage.write(async (writer) => {
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
    });
  }
}

async function list(reader: StorageReader, prefix: string): Promise<OutboxEntry[]> {
  return (await reader.list(prefix)).map(([, value]) => value as OutboxEntry);
}

async function laneOf(reader: StorageReader, lane: string): Promise<LaneRecord | undefined> {
  return (await reader.get(laneKey(lane))) as LaneRecord | undefined;
}

async function newLane(writer: StorageWriter): Promise<LaneRecord> {
  let outboxId = (await writer.get(outboxKey)) as string | undefined;
  if (!outboxId) writer.put(outboxKey, (outboxId = freshId('o')));
  return { outboxId, next: 1, nextPosition: 1, started: false };
}
