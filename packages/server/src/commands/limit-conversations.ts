import { makeProblem } from '@sahay/protocol';
import type { CommandGuard } from '../context.ts';
import type { Store } from '../storage/store.ts';

/** Open conversations of one visitor; each greets, and stands in the inbox. */
const mostOpen = 100;

/** Refuses a visitor's next conversation while she has too many open. */
export function limitConversations({ sql }: Pick<Store, 'sql'>): CommandGuard {
  return async (actor) => {
    if (actor.role !== 'visitor') return undefined;
    const [row] = await sql.all<{ open: number }>(
      "SELECT count(*) AS open FROM conversations WHERE visitor = ? AND status = 'open'",
      [actor.id],
    );
    if (!row || row.open < mostOpen) return undefined;
    return makeProblem(
      'forbidden',
      `You have ${row.open} open conversations. Go on in one of them, or close some first.`,
    );
  };
}
