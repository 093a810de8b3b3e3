import type { InboxEntry } from '@sahay/protocol';

/** What the inbox can show. */
export type InboxSection = 'waiting' | 'mine' | 'all' | 'closed';

/** In the order in which they stand. */
export const inboxSections: readonly InboxSection[] = ['waiting', 'mine', 'all', 'closed'];

const waits = ({ status, waitingSince }: InboxEntry): boolean =>
  status === 'open' && waitingSince !== undefined;

const belongsTo = ({ status, assignment }: InboxEntry, me: string | undefined): boolean =>
  status === 'open' &&
  me !== undefined &&
  (assignment.controlledBy === me || (assignment.state === 'ringing' && assignment.offeredTo === me));

/** The entries of a section, in the order they come; those that wait have the longest wait first already. */
export function entriesIn(
  section: InboxSection,
  entries: readonly InboxEntry[],
  me: string | undefined,
): InboxEntry[] {
  switch (section) {
    case 'waiting':
      return entries.filter((entry) => waits(entry));
    case 'mine':
      return entries.filter((entry) => belongsTo(entry, me));
    case 'all':
      return entries.filter(({ status }) => status === 'open');
    case 'closed':
      return entries.filter(({ status }) => status === 'closed');
  }
}
