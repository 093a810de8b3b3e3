import type { Message, MessagePage } from '@sahay/protocol';
import { ProblemError } from '../../http/problem-error.ts';
import type { HistoryQuery } from '../store.ts';
import type { Database } from './database.ts';

type Row = { ordinal: number; json: string };

/** Rows as far as they may go into one page, and whether there are more. */
interface Run {
  rows: Row[];
  more: boolean;
}

/**
 * Pages of a conversation, oldest first. A cursor names a place in the conversation, which nobody's writing moves: `before` it is what was
 * said earlier, `after` it what was said later.
 */
export class MessagePages {
  readonly #db: Database;
  readonly #bytes: number;

  /** @param bytes more than this is not read at once, but for one message */
  constructor(db: Database, bytes: number) {
    this.#db = db;
    this.#bytes = bytes;
  }

  /** @throws ProblemError `cursor_invalid`, `message_not_found` */
  read(conversationId: string, { before, after, around, limit }: HistoryQuery): MessagePage {
    if (around !== undefined) return this.#around(conversationId, around, limit);
    if (after !== undefined) {
      const later = this.#later(conversationId, ordinalOf(after), limit, this.#bytes);
      // The message whose place it is comes before.
      return page({ rows: [], more: true }, later);
    }
    const place = before === undefined ? Number.MAX_SAFE_INTEGER : ordinalOf(before);
    return page(this.#earlier(conversationId, place, limit, this.#bytes));
  }

  /** The message itself, and of the rest as much before it as after it. */
  #around(conversationId: string, messageId: string, limit: number): MessagePage {
    const found = this.#db.get<{ ordinal: number }>(
      'SELECT ordinal FROM messages WHERE id = ? AND conversation = ?',
      messageId,
      conversationId,
    );
    if (!found) throw new ProblemError('message_not_found', 'There is no such message in this conversation.');
    const after = Math.floor((limit - 1) / 2);
    const half = this.#bytes / 2;
    return page(
      this.#earlier(conversationId, found.ordinal + 1, limit - after, half),
      this.#later(conversationId, found.ordinal, after, half),
    );
  }

  #earlier(conversationId: string, before: number, limit: number, bytes: number): Run {
    const rows = this.#db.iterate<Row>(
      'SELECT ordinal, json FROM messages WHERE conversation = ? AND ordinal < ? ORDER BY ordinal DESC LIMIT ?',
      conversationId,
      before,
      limit + 1,
    );
    const run = taken(rows, limit, bytes);
    return { ...run, rows: run.rows.reverse() };
  }

  #later(conversationId: string, after: number, limit: number, bytes: number): Run {
    const rows = this.#db.iterate<Row>(
      'SELECT ordinal, json FROM messages WHERE conversation = ? AND ordinal > ? ORDER BY ordinal LIMIT ?',
      conversationId,
      after,
      limit + 1,
    );
    return taken(rows, limit, bytes);
  }
}

function taken(rows: Iterable<Row>, limit: number, bytes: number): Run {
  const run: Run = { rows: [], more: false };
  let size = 0;
  for (const row of rows) {
    size += row.json.length;
    run.more = run.rows.length === limit || (run.rows.length > 0 && size > bytes);
    if (run.more) break;
    run.rows.push(row);
  }
  return run;
}

function page(earlier: Run, later: Run = { rows: [], more: false }): MessagePage {
  const rows = [...earlier.rows, ...later.rows];
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    messages: rows.map(({ json }) => JSON.parse(json) as Message),
    ...(first && earlier.more && { earlier: cursorOf(first.ordinal) }),
    ...(last && later.more && { later: cursorOf(last.ordinal) }),
  };
}

/** Names the place of a message. */
export const cursorOf = (ordinal: number): string => Buffer.from(`m1.${ordinal}`).toString('base64url');

/** @throws ProblemError `cursor_invalid` */
export function ordinalOf(cursor: string): number {
  const match = /^m1\.([1-9]\d{0,14})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match)
    throw new ProblemError(
      'cursor_invalid',
      'The cursor cannot be read. Pass the `earlier` or `later` of a snapshot or page, unchanged.',
    );
  return Number(match[1]);
}
