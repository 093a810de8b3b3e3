import type { ClientStorage } from '../storage/client-storage.ts';

/** Where it is stored whose data this is. */
export const subjectKey = 'subject';

/**
 * Whether the storage is this subject's, or nobody's yet and so hers from now on. What else there may be takes longer to say:
 * `adoptSubject` and `claimFirst` do.
 *
 * @param isFirst whether this tab knew nobody before
 */
export const isHers = (storage: ClientStorage, id: string, isFirst: boolean): Promise<boolean> =>
  storage.write(async (writer) => {
    const stored = await writer.get(subjectKey);
    if (stored || !isFirst) return stored === id;
    writer.put(subjectKey, id);
    return true;
  });
