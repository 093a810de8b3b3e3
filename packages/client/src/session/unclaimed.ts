// What a page does before the backend has said whose it is, where a site's token says who somebody is.
import { locksOf } from '../environment.ts';
import { freshId } from '../ids.ts';
import type { Lane } from '../outbox/lane.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import { entryKey, laneOf } from '../outbox/outbox-keys.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { take, type PutRequest } from '../outbox/take.ts';
import type { ClientStorage } from '../storage/client-storage.ts';
import { subjectKey } from './subject.ts';

/** What the keys of all start with that pages keep apart, each for itself. */
export const pagePrefix = 'page/';

/** Where it is stored whom a page's token speaks for. */
export const whoKey = (page: string): string => `${pagePrefix}${page}/who`;

/** Where an entry is stored that a page keeps apart. */
export const apartKey = (entry: OutboxEntry): string => `${pagePrefix}${entry.page}/${entryKey(entry)}`;

/** The lock that a page holds for as long as it lives and keeps something apart. */
export const pageLock = (namespace: string, page: string): string => `${namespace}:page:${page}`;

/** The pages that keep something apart, by their storage. */
const pages = new WeakMap<ClientStorage, Promise<string>>();

/** Whom the latest token speaks for, by the storage of the page that asked for it. */
const speakers = new WeakMap<ClientStorage, string>();

/** Whom the latest token of this page speaks for, as the site says itself; `undefined` when its tokens do not tell. */
export const speakerOf = (storage: ClientStorage): string | undefined => speakers.get(storage);

/** A token has come. What this page keeps apart is marked with whom it speaks for. */
export function speaksFor(storage: ClientStorage, who: string | undefined): void {
  if (who === undefined) return;
  speakers.set(storage, who);
  void pages.get(storage)?.then((page) =>
    storage.write(async (writer) => {
      const isEmpty = (await writer.list(`${pagePrefix}${page}/`)).length === 0;
      if (!isEmpty) writer.put(whoKey(page), who);
    }),
  );
}

/**
 * Takes a command while nobody has said whose this page is. Where the storage is nobody's yet, or the conversation is one
 * that stands in it, it goes into its lane as ever: a conversation has one visitor. Everything else this page keeps apart
 * until it is welcomed: the storage may be somebody else's, whose tabs must not send it.
 */
export async function takeAlone(outbox: Outbox, lane: Lane, request: PutRequest): Promise<OutboxEntry[]> {
  const { storage, clock } = outbox.host;
  const { name } = lane;
  const { command, start } = request;
  const last = lane.entries.at(-1);
  const page = await pageOf(outbox);
  const at = clock.now();
  return storage.write(async (writer) => {
    const record = await laneOf(writer, name);
    const under = (await writer.get(subjectKey)) as string | undefined;
    const isApart = last
      ? last.page !== undefined || record?.outboxId !== last.outboxId
      : under !== undefined && (name === 'user' || !record);
    if (!isApart) return take(writer, name, at, request);
    const position = (last?.position ?? 0) + 1;
    const entries = (start && !last ? [start, command] : [command]).map((one, index) => ({
      lane: name,
      position: position + index,
      outboxId: page,
      n: position + index,
      command: one,
      at,
      page,
      under,
    }));
    for (const entry of entries) writer.put(apartKey(entry), entry);
    const who = speakerOf(storage);
    if (who !== undefined) writer.put(whoKey(page), who);
    return entries;
  });
}

/** The name under which this page keeps something apart, if it does. */
export const ownPage = (storage: ClientStorage): Promise<string> | undefined => pages.get(storage);

/** This page has nothing of its own any more that it keeps apart. */
export function joined(outbox: Outbox): void {
  pages.delete(outbox.host.storage);
  outbox.waiters.get(pagePrefix)?.resolve({});
  outbox.waiters.delete(pagePrefix);
}

function pageOf(outbox: Outbox): Promise<string> {
  const { storage } = outbox.host;
  let page = pages.get(storage);
  if (!page || !outbox.waiters.has(pagePrefix)) pages.set(storage, (page = begin(outbox)));
  return page;
}

/** The lock is held before anything is stored, so that nobody takes a page for dead that lives. */
function begin({ host, waiters }: Outbox): Promise<string> {
  const { namespace, environment } = host;
  const page = freshId('p');
  const over = new Promise<void>((resolve) => {
    const release = (): void => resolve();
    // Whatever ends the outbox tells all who wait, and so lets go of the lock.
    waiters.set(pagePrefix, { resolve: release, reject: release });
  });
  return new Promise((begun) => {
    const go = (): void => begun(page);
    const locks = locksOf(environment);
    if (!locks) return go();
    // Where locks are forbidden, so is the storage that other pages could see.
    locks
      .request(pageLock(namespace, page), () => {
        go();
        return over;
      })
      .catch(go);
  });
}
