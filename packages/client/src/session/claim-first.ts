import type { Command } from '@sahay/protocol';
import type { Outbox, Waiter } from '../outbox/outbox.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import { currentKey, entryKey, entryPrefix, laneKey, laneOf, outboxKey } from '../outbox/outbox-keys.ts';
import { isOf } from '../outbox/left-result.ts';
import { problemOf, SahayError } from '../sahay-error.ts';
import type { StorageWriter } from '../storage/client-storage.ts';
import { deadPages, takeOver, watchPages } from './left-apart.ts';
import { putAnew } from './put-anew.ts';
import type { Session } from './session.ts';
import { subjectKey } from './subject.ts';
import { apartKey, joined, ownPage, pagePrefix, speakerOf } from './unclaimed.ts';

/** Where it is stored what became of the lanes that were there when the subject changed. */
const claimedKey = 'claimed';

/** How many changes of the subject are remembered, for pages that wait for theirs. */
const mostClaims = 10;

/** The storage became somebody's, who was not known before, or somebody else's. */
interface Claim {
  /** The outbox id under which commands were taken until then. */
  readonly outboxId: unknown;
  /** The lanes that went on; all others were removed, and nobody has sent what was in them. */
  readonly kept: readonly string[];
}

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
 * page took is hers, and goes into its lanes where the page kept it apart. What pages before it took may be anybody's: it is
 * removed, unless they tell that they were hers. Where another tab was welcomed first and removed this page's commands, they
 * are put into their lanes anew; none of them has been sent. What was taken before somebody logged out is refused.
 */
export async function claimFirst(session: Session, id: string): Promise<undefined> {
  const { outbox, host } = session;
  const { storage } = host;
  const [dead, own] = [await deadPages(host), await ownPage(storage)];
  const claimed = await storage.write(async (writer) => {
    const before = await writer.get(subjectKey);
    const claims = await adopt(session, writer, id);
    const result: Claimed = { lanes: new Map(), moved: new Map(), dropped: [] };
    for (const name of outbox.lanes) await reclaim(session, writer, name, claims, result);
    // Whatever is left of what this page kept apart it has taken back.
    if (own) for (const [key] of await writer.list(`${pagePrefix}${own}/`)) writer.delete(key);
    // A page that nobody told whom it speaks for, over a storage that was hers then and is hers now, was hers too.
    await takeOver(writer, dead, { who: speakerOf(storage), under: before === id ? id : undefined });
    return result;
  });
  settle(outbox, claimed);
  joined(outbox);
  watchPages(session);
  // Where another tab has begun the conversation, no start of this one's is left that would lead to it.
  for (const name of outbox.lanes) session.mirror(name);
  return undefined;
}

/** Version 0.1.0 remembered but the outbox id of the first change, after which no lane went on. */
function claimsOf(stored: unknown): Claim[] {
  if (Array.isArray(stored)) return stored as Claim[];
  return stored === undefined ? [] : [{ outboxId: stored, kept: [] }];
}

async function adopt(
  { outbox, models }: Session,
  writer: StorageWriter,
  id: string,
): Promise<readonly Claim[]> {
  const stored = await writer.get(subjectKey);
  const claims = claimsOf(await writer.get(claimedKey));
  if (stored === id) return claims;
  const outboxId = await writer.get(outboxKey);
  // A conversation has one visitor: what other tabs wrote into one that this page has open is hers too.
  const open = [...outbox.lanes, ...[...models.values()].map((model) => model.id)];
  const kept = stored === undefined ? open.filter((name) => name !== 'user') : [];
  const current = await writer.get(currentKey);
  const keeps = (key: string): boolean =>
    key === currentKey
      ? kept.includes(current as string)
      : // What pages keep apart is theirs for as long as they live.
        key.startsWith(pagePrefix) ||
        kept.some((name) => key === laneKey(name) || key.startsWith(`${entryPrefix}${name}/`));
  for (const [key] of await writer.list('')) if (!keeps(key)) writer.delete(key);
  writer.put(subjectKey, id);
  if (outboxId) claims.push({ outboxId, kept });
  writer.put(claimedKey, claims.slice(-mostClaims));
  return claims;
}

/** Puts into a lane what this page took and nobody has sent. */
async function reclaim(
  { outbox, host }: Session,
  writer: StorageWriter,
  name: string,
  claims: readonly Claim[],
  { lanes, moved, dropped }: Claimed,
): Promise<void> {
  const record = await laneOf(writer, name);
  const held = outbox.entries(name);
  const lost: OutboxEntry[] = [];
  const gone: OutboxEntry[] = [];
  for (const entry of held) {
    const isRemoved = claims.some(
      ({ outboxId, kept }) => outboxId === entry.outboxId && !kept.includes(name),
    );
    const isThere = entry.page ? (await writer.get(apartKey(entry))) !== undefined : isOf(record, entry);
    if (isRemoved || (entry.page && (isThere || !host.storage.durable))) lost.push(entry);
    else if (!isThere && host.storage.durable) gone.push(entry);
    if (entry.page) writer.delete(apartKey(entry));
  }
  if (lost.length + gone.length === 0) return;
  // Where another tab put the start, it may come later or never; the backend takes none twice.
  const start: Command | undefined =
    record || name === 'user' || host.role === 'agent'
      ? undefined
      : { type: 'conversation.start', conversationId: name, data: { locale: host.locale } };
  const fresh = await putAnew(writer, lost, start);
  for (const [entry, now] of fresh.moved) moved.set(entryKey(entry), now);
  const stays = held.filter((entry) => !lost.includes(entry) && !gone.includes(entry));
  lanes.set(name, [...stays, ...fresh.entries]);
  dropped.push(...gone);
}

function settle(outbox: Outbox, { lanes, moved, dropped }: Claimed): void {
  const waiters = new Map<OutboxEntry, Waiter | undefined>();
  // Their keys may be used again below.
  const refused = dropped.map((entry) => [entry, outbox.waiterOf(entry)] as const);
  for (const entries of outbox.lanes.map((name) => outbox.entries(name)))
    for (const entry of entries) {
      const now = moved.get(entryKey(entry));
      if (now) waiters.set(now, outbox.waiterOf(entry));
    }
  for (const [entry, waiter] of waiters) if (waiter) outbox.waiters.set(entryKey(entry), waiter);
  for (const [name, entries] of lanes) outbox.lane(name).entries = entries;
  const error = new SahayError('cancelled', 'Somebody was logged out in this browser after it was written.');
  for (const [entry, waiter] of refused) {
    outbox.host.refused(entry, problemOf(error));
    waiter?.reject(error);
  }
  for (const name of outbox.lanes) outbox.changed(outbox.lane(name));
}
