import type { Session } from './session.ts';

/** Where a page keeps small texts of its own. */
export const keptKey = (name: string): string => `kept/${name}`;

export async function remember(session: Session, name: string, text?: string): Promise<string | undefined> {
  await subjectKnown(session);
  const { storage } = session.host;
  if (text === undefined)
    return storage.read(async (reader) => (await reader.get(keptKey(name))) as string | undefined);
  await storage.write((writer) => (text ? writer.put(keptKey(name), text) : writer.delete(keptKey(name))));
  return text;
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
