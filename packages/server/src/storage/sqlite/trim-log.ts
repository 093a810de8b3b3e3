import { conversationStream, parseStream, type StreamName } from '@sahay/protocol';
import type { TrimOptions, TrimResult } from '../store.ts';
import type { Database } from './database.ts';
import { TranscriptTable } from './transcript-table.ts';

/** So many streams are looked at in one go, so that nobody waits long behind it. */
const slice = 500;

type StreamRow = { n: number; id: StreamName; head: number };

/**
 * Takes old entries out of streams, and events that stand in no stream any more out of the log. The entry at a stream's
 * head stays, since cursors name it.
 */
export function trimLog(db: Database, { before, keep = 1, stream, after = 0 }: TrimOptions): TrimResult {
  const rows = db.all<StreamRow>(
    stream === undefined
      ? 'SELECT n, id, head FROM streams WHERE n > ?1 AND ?2 IS NULL ORDER BY n LIMIT ?3'
      : 'SELECT n, id, head FROM streams WHERE n > ?1 AND id = ?2 LIMIT ?3',
    after,
    stream ?? null,
    slice,
  );
  let removed = 0;
  for (const row of rows) removed += trimStream(db, row, Math.max(1, keep), before);
  const last = rows.length === slice ? rows.at(-1) : undefined;
  return { removed, ...(last && { next: last.n }) };
}

function trimStream(
  db: Database,
  { n, id, head }: StreamRow,
  keep: number,
  before: number | undefined,
): number {
  const until = lastToGo(db, n, head - keep, before);
  if (until < 1) return 0;
  if (parseStream(id)?.kind === 'conversation') new TranscriptTable(db).seal(id, until);
  // The same event stands in both streams of a conversation. It goes with the second one.
  db.run(
    `DELETE FROM events WHERE n IN (SELECT event FROM entries WHERE stream = ?1 AND seq <= ?2)
       AND n NOT IN (SELECT event FROM entries WHERE stream = ?3)`,
    n,
    until,
    partnerOf(db, id),
  );
  return db.run('DELETE FROM entries WHERE stream = ? AND seq <= ?', n, until);
}

/** The last seq up to a limit whose event, like all before it, is from before a moment. */
function lastToGo(db: Database, stream: number, limit: number, before: number | undefined): number {
  if (before === undefined || limit < 1) return limit;
  const time = new Date(before).toISOString();
  const rows = db.iterate<{ seq: number; time: string }>(
    `SELECT seq, time FROM entries JOIN events ON events.n = entries.event
     WHERE stream = ? AND seq <= ? ORDER BY seq`,
    stream,
    limit,
  );
  let last = 0;
  for (const row of rows) {
    if (row.time >= time) break;
    last = row.seq;
  }
  return last;
}

/** The other stream of the same conversation; 0, which no stream has, where there is none. */
function partnerOf(db: Database, id: StreamName): number {
  const address = parseStream(id);
  if (address?.kind !== 'conversation') return 0;
  const other = conversationStream(address.id, address.audience === 'public' ? 'staff' : 'public');
  return db.get<{ n: number }>('SELECT n FROM streams WHERE id = ?', other)?.n ?? 0;
}
