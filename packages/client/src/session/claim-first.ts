import type { Command } from '@sahay/protocol';
import type { Outbox, Waiter } from '../outbox/outbox.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import { currentKey, entryKey, entryPrefix, laneKey, laneOf, outboxKey } from '../outbox/outbox-keys.ts';
import { take } from '../outbox/take.ts';
import { problemOf, SahayError } from '../sahay-error.ts';
import type { StorageWriter } from '../storage/client-storage.ts';
import type { Session } from './session.ts';
import { subjectKey } from './subject.ts';

/** Where the id is stored under which this browser's outbox went on before its subject was known. */
const claimedKey = 'claimed';

/** What a transaction did to the lanes; memory follows once it is committed. */
interface Claimed {
  /** What each lane holds now, where that has changed. */
  lanes: Map<string, OutboxEntry[]>;
  /** The entries that took the place of others, by the keys of those. */
  moved: Map<string, OutboxEntry>;
  dropped: OutboxEntry[];
}

/**
 * Makes the storage somebody's, for a page that a site's token speaks for and that is welcomed for the first time: what this
 * page took is hers, what pages before it took may be anybody's and is removed. Where another tab was welcomed first and
 * removed this page's commands, they are put into their lanes anew; none of them has been sent. What was taken before
 * somebody logged out is refused.
 */
export async function claimFirst(session: Session, id: string): Promise<undefined> {
  const { outbox } = session;
  const claimed = await outbox.host.storage.write(async (writer) => {
    const from = await adopt(session, writer, id);
    const result: Claimed = { lanes: new Map(), moved: new Map(), dropped: [] };
    for (const name of outbox.lanes) await reclaim(session, writer, name, from, result);
    return result;
  });
  settle(outbox, claimed);
  // Where another tab has begun the conversation, no start of this one's is left that would lead to it.
  for (const name of outbox.lanes) session.mirror(name);
  return undefined;
}

/** @returns the outbox id under which commands were taken that nobody has sent. */
async function adopt({ outbox, models }: Session, writer: StorageWriter, id: string): Promise<unknown> {
  const stored = await writer.get(subjectKey);
  if (stored === id) return writer.get(claimedKey);
  const outboxId = await writer.get(outboxKey);
  // A conversation has one visitor: what other tabs wrote into one that this page has open is hers too.
  const open = [...outbox.lanes, ...[...models.values()].map((model) => model.id)];
  const kept = stored === undefined ? open.filter((name) => name !== 'user') : [];
  const current = await writer.get(currentKey);
  const keeps = (key: string): boolean =>
    key === currentKey
      ? kept.includes(current as string)
      : kept.some((name) => key === laneKey(name) || key.startsWith(`${entryPrefix}${name}/`));
  for (const [key] of await writer.list('')) if (!keeps(key)) writer.delete(key);
  writer.put(subjectKey, id);
  if (outboxId) writer.put(claimedKey, outboxId);
  return outboxId;
}

async function reclaim(
  { outbox, host }: Session,
  writer: StorageWriter,
  name: string,
  from: unknown,
  { lanes, moved, dropped }: Claimed,
): Promise<void> {
  const record = await laneOf(writer, name);
  const held = outbox.entries(name);
  const isLost = ({ outboxId }: OutboxEntry): boolean => record?.outboxId !== outboxId && outboxId === from;
  const lost = held.filter(isLost);
  if (!record && host.storage.durable) dropped.push(...held.filter((entry) => !isLost(entry)));
  if (lost.length === 0) return;
  const fresh: OutboxEntry[] = [];
  // Where another tab put the start, it may come later or never; the backend takes none twice.
  let start: Command | undefined =
    record || name === 'user' || host.role === 'agent'
      ? undefined
      : { type: 'conversation.start', conversationId: name, data: { locale: host.locale } };
  for (const entry of lost) {
    const { command, at } = entry;
    const isStart = command.type === 'conversation.start';
    // A start is put together with the command after it, unless the lane has begun meanwhile.
    if (isStart && entry !== lost.at(-1)) start = command;
    else {
      const taken = await take(writer, name, at, { command, start });
      start = undefined;
      moved.set(entryKey(entry), taken.at(-1)!);
      fresh.push(...taken);
    }
  }
  lanes.set(name, [...held.filter((entry) => !lost.includes(entry)), ...fresh]);
}

function settle(outbox: Outbox, { lanes, moved, dropped }: Claimed): void {
  const waiters = new Map<OutboxEntry, Waiter | undefined>();
  for (const entries of outbox.lanes.map((name) => outbox.entries(name)))
    for (const entry of entries) {
      const now = moved.get(entryKey(entry));
      if (now) waiters.set(now, outbox.waiterOf(entry));
    }
  for (const [entry, waiter] of waiters) if (waiter) outbox.waiters.set(entryKey(entry), waiter);
  for (const [name, entries] of lanes) outbox.lane(name).entries = entries;
  const error = new SahayError('cancelled', 'Somebody was logged out in this browser after it was written.');
  for (const entry of dropped) {
    outbox.lane(entry.lane).remove(entry);
    outbox.host.refused(entry, problemOf(error));
    outbox.waiterOf(entry)?.reject(error);
  }
  for (const name of outbox.lanes) outbox.changed(outbox.lane(name));
}
