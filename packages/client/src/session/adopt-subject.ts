import type { ConnectorHost } from '../connector/log-connector.ts';
import { sessionKey } from '../identity/anonymous-session.ts';
import { subjectKey } from './subject.ts';

/**
 * Makes the storage somebody's; `claimFirst` does so for a page that a site's token speaks for and that knew nobody before.
 * What belonged to anybody else is removed in the same transaction. Without such a token the stored session says who she is:
 * it, and what was stored before anybody was known, is hers.
 *
 * @param before who this tab knew the subject to be.
 * @param linking whether the one who was known before becomes this one.
 * @returns `removed` when something was; `logged_out` when another tab has ended this subject's session meanwhile: nothing is changed then.
 */
export function adoptSubject(
  { storage, getToken }: Pick<ConnectorHost, 'storage' | 'getToken'>,
  id: string,
  before: string | undefined,
  linking: boolean,
): Promise<'removed' | 'logged_out' | undefined> {
  return storage.write(async (writer) => {
    const stored = await writer.get(subjectKey);
    if (stored === id) return undefined;
    // Memory that took the place of a storage knows nobody yet.
    if (before === id && !stored && storage.durable) return 'logged_out';
    writer.put(subjectKey, id);
    if (linking || (!stored && (!getToken || before === id))) return undefined;
    for (const [key] of await writer.list(''))
      if (key !== subjectKey && (getToken || key !== sessionKey)) writer.delete(key);
    return 'removed';
  });
}
