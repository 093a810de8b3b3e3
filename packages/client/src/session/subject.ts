import { sessionKey } from '../identity/anonymous-session.ts';
import { outboxKey } from '../outbox/outbox-keys.ts';
import type { ClientStorage } from '../storage/client-storage.ts';

/** Where it is stored whose data this is. */
export const subjectKey = 'subject';

/** Who claims a storage. */
export interface Claim {
  id: string;
  /** Who this tab knew the subject to be. */
  before: string | undefined;
  /** Whether the stored session is the new subject's own. */
  keepSession: boolean;
  /** Whether commands that were stored before anybody was known are the new subject's. */
  claim: boolean;
  /** Whether the one who was known before becomes this one. */
  linking: boolean;
}

/**
 * Makes the storage somebody's. What belonged to anybody else is removed in the same transaction.
 *
 * @returns what became of it; `logged_out` when another tab has ended this subject's session meanwhile: nothing is changed then.
 */
export function adoptSubject(
  storage: ClientStorage,
  { id, before, keepSession, claim, linking }: Claim,
): Promise<'kept' | 'removed' | 'logged_out'> {
  return storage.write(async (writer) => {
    const stored = await writer.get(subjectKey);
    if (stored === id) return 'kept';
    // Memory that took the place of a storage knows nobody yet.
    if (before === id && stored === undefined && storage.durable) return 'logged_out';
    writer.put(subjectKey, id);
    if (linking) return 'kept';
    if (stored === undefined && (claim || (await writer.get(outboxKey)) === undefined)) return 'kept';
    for (const [key] of await writer.list(''))
      if (key !== subjectKey && !(keepSession && key === sessionKey)) writer.delete(key);
    return 'removed';
  });
}
