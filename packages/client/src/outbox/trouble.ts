// What an outbox does when something went wrong: loaded then, in one download.
import type { Problem } from '@sahay/protocol';
import { backoff } from '../connection/backoff.ts';
import { freshId } from '../ids.ts';
import { errorOf } from '../error-of.ts';
import { problemOf, SahayError } from '../sahay-error.ts';
import type { StorageWriter } from '../storage/client-storage.ts';
import type { Lane, Renumbering } from './lane.ts';
import { messageKeyOf, sizeOf, type LaneRecord, type OutboxEntry } from './outbox-entry.ts';
import { entryKey, entryPrefix, laneKey, laneOf, list, outboxKey } from './outbox-keys.ts';
import { apartKey } from '../session/unclaimed.ts';
import type { Outbox } from './outbox.ts';

/** Lanes of which the backend has asked for patience. */
const paused = new WeakSet<Lane>();
/** The number before all that a lane holds for which the backend asked last. */
const doubted = new WeakMap<Lane, number | undefined>();

/** How many ids of a lane are remembered that it had before: pages that took something under them may still live. */
const mostFormer = 10;

/** How long what another tab was to hear is kept, in ms: it may be gone. */
const keptMs = 60_000;

/**
 * A command was refused: for now, for good, or because its number will not do.
 *
 * @param first the first number that was held when it was refused
 */
export function onReject(
  outbox: Outbox,
  lane: Lane,
  entry: OutboxEntry,
  problem: Problem,
  first: number,
): void {
  const { code, expected, retryable, retryAfterMs } = problem;
  const lost = code === 'out_of_order' && (expected ?? first) < first;
  if (lost && doubted.get(lane) !== expected) {
    // A number before all that is held: another tab may have just sent it. Heard twice, the backend lost it (a restored backup).
    doubted.set(lane, expected);
    pause(outbox, lane, undefined);
  } else if (lost || code === 'payload_mismatch' || code === 'outbox_conflict')
    lane.renumber = { outboxId: entry.outboxId, expected: lost ? expected : undefined };
  else if (code === 'out_of_order') return;
  else if (retryable) pause(outbox, lane, retryAfterMs);
  else if (code === 'conversation_exists' && entry.command.type === 'conversation.start')
    outbox.settle(lane, entry, { conversationId: lane.name });
  else refuse(outbox, lane, entry, problem);
}

/** The line broke: because of a frame's size, or under a backend that promises at most one delivery, where nobody knows what became of these. */
export function lostOnTheWay(
  outbox: Outbox,
  lane: Lane,
  sent: readonly OutboxEntry[],
  tooLarge: boolean,
): Promise<void> | undefined {
  if (tooLarge) return parkLargest(outbox, sent);
  const lost = new SahayError(
    'network',
    'The connection was lost on the way. Send it again if it is not there.',
  );
  for (const entry of sent) refuse(outbox, lane, entry, problemOf(lost));
  return undefined;
}

/** What can never be transmitted: parked in sight, and its number voided. */
export async function parkLargest(outbox: Outbox, entries: readonly OutboxEntry[]): Promise<void> {
  const entry = entries.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
  const problem = problemOf(
    new SahayError('frame_too_large', 'The message is too large. Send it in pieces, or as a file.'),
  );
  outbox.host.refused(entry, problem);
  outbox.waiterOf(entry)?.reject(errorOf(problem));
  await outbox.now((writer) => park(writer, { ...entry, problem }));
}

/** Takes a message out. A pending one is replaced by `command.void`, so that its number is used up. */
export async function discard(outbox: Outbox, name: string, key: string): Promise<void> {
  const lane = outbox.lane(name);
  const entry = lane.entries.find((one) => messageKeyOf(one) === key);
  if (!entry) return;
  const voided = voidOf(entry);
  // A number is used up only where there is one.
  const isFree = entry.problem ?? entry.page;
  if (isFree) lane.remove(entry);
  else lane.replace(voided);
  outbox.waiterOf(entry)?.reject(new SahayError('cancelled', 'The message was discarded.'));
  outbox.changed(lane);
  // What this page keeps apart is its own, whoever's the storage is meanwhile.
  if (entry.page) return outbox.host.storage.write((writer) => writer.delete(apartKey(entry)));
  outbox.later((writer) => {
    if (entry.problem) writer.delete(entryKey(entry));
    else writer.put(entryKey(entry), voided);
  });
  await outbox.settled();
}

/** Another tab was told that a command was refused for good, and has stored why. */
export function refusedElsewhere(outbox: Outbox, entry: OutboxEntry, problem: Problem): void {
  const waiter = outbox.waiterOf(entry);
  waiter?.reject(errorOf(problem));
  // A message stays in sight; of anything else its own tab was to hear, and has.
  if (waiter && !messageKeyOf(entry)) outbox.later((writer) => writer.delete(entryKey(entry)));
}

/** Stores entries and their lanes again, after the storage they were in was lost. */
export async function rehome(writer: StorageWriter, lanes: Iterable<Lane>): Promise<void> {
  for (const entry of [...lanes].flatMap((lane) => lane.entries)) {
    // What a page keeps apart gets its number when the page is welcomed.
    if (entry.page) continue;
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

/** Waits as the backend asked, once for all that it refused at the same time. */
function pause(outbox: Outbox, lane: Lane, retryAfterMs: number | undefined): void {
  if (paused.has(lane)) return;
  paused.add(lane);
  const { clock, random } = outbox.host;
  const over = (): void => {
    paused.delete(lane);
    lane.blocks.delete(cancel);
  };
  const stop = clock.after(backoff(lane.attempts++, random, retryAfterMs), () => {
    over();
    outbox.changed(lane);
  });
  const cancel = (): void => {
    stop();
    over();
  };
  lane.blocks.add(cancel);
}

function refuse(outbox: Outbox, lane: Lane, entry: OutboxEntry, problem: Problem): void {
  const { host } = outbox;
  const waiter = outbox.waiterOf(entry);
  const parked = { ...entry, problem };
  if (messageKeyOf(entry)) lane.replace(parked);
  else lane.remove(entry);
  lane.inFlight.delete(entry.position);
  outbox.later(async (writer) => {
    // A message stays in sight; of anything else the tab that gave it is to hear.
    if (waiter && !messageKeyOf(entry)) writer.delete(entryKey(entry));
    else writer.put(entryKey(entry), parked);
    for (const old of await list(writer, entryPrefix))
      if (old.problem && !messageKeyOf(old) && old.at < host.clock.now() - keptMs)
        writer.delete(entryKey(old));
    if (entry.command.type !== 'conversation.start') return;
    // The next command puts another one.
    const record = await laneOf(writer, lane.name);
    if (record) writer.put(laneKey(lane.name), { ...record, started: false });
  });
  host.refused(entry, problem);
  waiter?.reject(errorOf(problem));
}

/** Puts `command.void` where a message stood, and the message under a place of its own. */
async function park(writer: StorageWriter, entry: OutboxEntry): Promise<void> {
  writer.put(entryKey(entry), voidOf(entry));
  const record = await laneOf(writer, entry.lane);
  if (!record || !messageKeyOf(entry)) return;
  const { nextPosition } = record;
  const parked = { ...entry, position: nextPosition };
  writer.put(entryKey(parked), parked);
  writer.put(laneKey(entry.lane), { ...record, nextPosition: nextPosition + 1 });
}

function voidOf({ problem: _none, ...entry }: OutboxEntry): OutboxEntry {
  const { conversationId } = entry.command;
  return { ...entry, command: { type: 'command.void', conversationId, data: {} } };
}

/** See {@link renumber}. */
export function numberAnew(outbox: Outbox, lane: Lane, why: Renumbering): Promise<void> {
  return outbox.now((writer) => renumber(writer, lane.name, why));
}

/**
 * Numbers what a lane still holds anew, under a fresh outbox id. Changes nothing when another tab has done so already:
 * then no entry is left under `outboxId`; nor when another tab has put the number that is missing.
 */
async function renumber(
  writer: StorageWriter,
  lane: string,
  { outboxId, expected }: Renumbering,
): Promise<void> {
  const record = await laneOf(writer, lane);
  const pending = (await list(writer, `${entryPrefix}${lane}/`)).filter((entry) => !entry.problem);
  const old = pending.filter((entry) => entry.outboxId === outboxId);
  if (old.length === 0 || old.some(({ n }) => n === expected)) return;
  const fresh = freshId('o');
  let n = 0;
  for (const entry of pending) {
    if (entry.command.type === 'command.void') writer.delete(entryKey(entry));
    else writer.put(entryKey(entry), { ...entry, outboxId: fresh, n: ++n });
  }
  const nextPosition = record?.nextPosition ?? (pending.at(-1)?.position ?? 0) + 1;
  const former = [...(record?.former ?? []), outboxId].slice(-mostFormer);
  writer.put(laneKey(lane), {
    outboxId: fresh,
    next: n + 1,
    nextPosition,
    started: record?.started ?? false,
    former,
  } satisfies LaneRecord);
  writer.put(outboxKey, fresh);
}
