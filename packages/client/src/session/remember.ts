import { SahayError } from '../sahay-error.ts';
import type { ClientStorage } from '../storage/client-storage.ts';
import type { Session } from './session.ts';

/** Where a page keeps small texts of its own. */
export const keptKey = (name: string): string => `kept/${name}`;

export async function remember(session: Session, name: string, text?: string): Promise<string | undefined> {
  await subjectKnown(session);
  const { storage } = session.host;
  const kept = await keptIn(storage, name, text);
  if (storage.refusal !== undefined) sayOnce(session, name, storage.refusal);
  return kept;
}

async function keptIn(storage: ClientStorage, name: string, text?: string): Promise<string | undefined> {
  const key = keptKey(name);
  if (text === undefined)
    return storage.read(async (reader) => (await reader.get(key)) as string | undefined);
  await storage.write((writer) => (text ? writer.put(key, text) : writer.delete(key)));
  return text;
}

const told = new WeakSet<Session>();

/** A draft is written again and again, and the storage stays as it is: its refusal is told once. */
function sayOnce(session: Session, name: string, cause: unknown): void {
  if (told.has(session)) return;
  told.add(session);
  const why = cause instanceof Error ? cause.message : String(cause);
  const what = `This browser refuses to store what the page keeps here, such as "${name}": ${why}`;
  session.report(
    new SahayError('internal', `${what} Until it is loaded again, the page keeps it.`, { cause }),
  );
}

/** Whose storage it is, where a host's token says so, is known once the backend has said it. */
function subjectKnown({ host, user }: Session): Promise<void> {
  return new Promise((resolve) => {
    if (!host.getToken || user.participant) return resolve();
    const stop = user.view.subscribe(() => {
      if (!user.participant) return;
      stop();
      resolve();
    });
  });
}
