import { sessionKey } from '../identity/anonymous-session.ts';
import { outboxKey } from '../outbox/outbox-keys.ts';
import type { ClientStorage } from '../storage/client-storage.ts';

/** Where it is stored whose data this is. */
export const subjectKey = 'subject';

/**
 * Makes the storage somebody's. What belonged to anybody else is removed in the same transaction.
 *
 * @param keepSession whether the stored session is the new subject's own.
 * @param claim whether commands that were stored before anybody was known are the new subject's.
 * @returns whether something was removed.
 */
export function adoptSubject(
  storage: ClientStorage,
  id: string,
  keepSession: boolean,
  claim: boolean,
): Promise<boolean> {
  return storage.write(async (writer) => {
    const before = await writer.get(subjectKey);
    if (before === id) return false;
    writer.put(subjectKey, id);
    if (before === undefined && (claim || (await writer.get(outboxKey)) === undefined)) return false;
    for (const [key] of await writer.list(''))
      if (key !== subjectKey && !(keepSession && key === sessionKey)) writer.delete(key);
    return true;
  });
}
