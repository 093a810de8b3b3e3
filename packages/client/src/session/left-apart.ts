// What pages kept apart that died before the backend had said whose they were.
import type { ConnectorHost } from '../connector/log-connector.ts';
import { locksOf } from '../environment.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import type { StorageReader, StorageWriter } from '../storage/client-storage.ts';
import { putAnew } from './put-anew.ts';
import type { Session } from './session.ts';
import { subjectKey } from './subject.ts';
import { pageLock, pagePrefix, speakerOf, whoKey } from './unclaimed.ts';

/** Where there are no locks, a page counts as dead when it took nothing for so long, in ms. */
const silentMs = 86_400_000;

/** What tells that a page that is dead was of the same person as this one. */
interface Evidence {
  /** Whom this page's token speaks for. */
  who: string | undefined;
  /** Whose the storage was then and is now; makes up for a page that died before it had a token. */
  under?: string | undefined;
}

/** The pages that keep something apart, with what they took. */
async function pagesIn(reader: StorageReader): Promise<Map<string, OutboxEntry[]>> {
  const pages = new Map<string, OutboxEntry[]>();
  for (const [key, value] of await reader.list(pagePrefix)) {
    const page = key.split('/')[1] ?? '';
    const entries = pages.get(page) ?? [];
    pages.set(page, entries);
    if (key !== whoKey(page)) entries.push(value as OutboxEntry);
  }
  return pages;
}

/** The pages that keep something apart and live no more. */
export async function deadPages({
  storage,
  namespace,
  environment,
  clock,
}: Pick<ConnectorHost, 'storage' | 'namespace' | 'environment' | 'clock'>): Promise<ReadonlySet<string>> {
  const pages = await storage.read(pagesIn);
  if (pages.size === 0) return new Set();
  const locks = locksOf(environment);
  // A page holds its lock before it stores anything, so this has to be looked at second.
  const { held = [] } = (await locks?.query()) ?? {};
  const isDead = (page: string, entries: readonly OutboxEntry[]): boolean =>
    locks
      ? !held.some(({ name }) => name === pageLock(namespace, page))
      : entries.every(({ at }) => Math.abs(clock.now() - at) > silentMs);
  return new Set([...pages].flatMap(([page, entries]) => (isDead(page, entries) ? page : [])));
}

/** Puts into their lanes what dead pages of the same person took, and removes what others did. */
export async function takeOver(
  writer: StorageWriter,
  dead: ReadonlySet<string>,
  evidence: Evidence,
): Promise<void> {
  for (const [page, entries] of await pagesIn(writer)) {
    if (!dead.has(page)) continue;
    if (await isSame(writer, page, entries, evidence))
      for (const lane of new Set(entries.map((entry) => entry.lane)))
        await putAnew(
          writer,
          entries.filter((entry) => entry.lane === lane),
          undefined,
        );
    for (const [key] of await writer.list(`${pagePrefix}${page}/`)) writer.delete(key);
  }
}

async function isSame(
  reader: StorageReader,
  page: string,
  entries: readonly OutboxEntry[],
  { who, under }: Evidence,
): Promise<boolean> {
  const said = await reader.get(whoKey(page));
  if (said !== undefined) return said === who;
  return under !== undefined && entries.every((entry) => entry.under === under);
}

/**
 * From now on, takes over what another page took that dies and had told that it speaks for the same person. Of one that died
 * before it could tell, it may be anybody's who signed in meanwhile: that waits for a page to which the site says who is there.
 */
export function watchPages(session: Session): void {
  const { host, connection } = session;
  const { storage, environment, namespace } = host;
  const locks = locksOf(environment);
  if (!locks || !storage.durable || connection.getSnapshot().state === 'stopped') return;
  let stop = new AbortController();
  let asked = new Set<string>();
  const look = async (): Promise<void> => {
    const { signal } = stop;
    for (const page of (await storage.read(pagesIn)).keys()) {
      if (signal.aborted || asked.has(page)) continue;
      asked.add(page);
      // Granted once the page is gone, or has been welcomed.
      locks
        .request(pageLock(namespace, page), { signal }, () => inherit(session, page))
        .catch((error: unknown) => signal.aborted || session.report(error));
    }
  };
  const lookNow = (): void => {
    if (connection.getSnapshot().state === 'online') look().catch(session.report);
  };
  const rest = (): void => {
    stop.abort();
    stop = new AbortController();
    asked = new Set();
  };
  const unwatch = storage.watch(lookNow);
  const unsubscribe = connection.subscribe(() => {
    const { state } = connection.getSnapshot();
    lookNow();
    // A page that is put away must not keep others waiting.
    if (state !== 'online') rest();
    if (state !== 'stopped') return;
    unwatch();
    unsubscribe();
  });
}

async function inherit(session: Session, page: string): Promise<void> {
  const { outbox, host, user } = session;
  const { storage } = host;
  const who = speakerOf(storage);
  if (who === undefined) return;
  await outbox.inTurn(() =>
    storage.write(async (writer) => {
      const isOurs = (await writer.get(subjectKey)) === user.participant?.id;
      if (isOurs && (await writer.get(whoKey(page))) === who)
        await takeOver(writer, new Set([page]), { who });
    }),
  );
  await outbox.reload();
  for (const name of outbox.lanes) session.mirror(name);
}
