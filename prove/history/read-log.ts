import { DatabaseSync } from 'node:sqlite';
import { numberInText, numberOfId } from '../world/message-text.ts';
import type { Report } from './check-history.ts';

/** The stored log, read from the file itself and by nobody's leave. */
export class StoredLog {
  readonly #db: DatabaseSync;

  constructor(path: string) {
    this.#db = new DatabaseSync(path, { readOnly: false });
  }

  close(): void {
    this.#db.close();
  }

  /** How many messages people sent and the log holds. */
  get messages(): number {
    return Number(
      this.#db
        .prepare(
          "SELECT count(*) AS n FROM events WHERE type = 'message.created' AND data ->> '$.message.author.role' IN ('visitor', 'agent')",
        )
        .get()?.['n'],
    );
  }

  /** The numbers of a conversation's messages, in the order of its public stream. */
  order(conversationId: string): number[] {
    const rows = this.#db
      .prepare(
        `SELECT data ->> '$.message.id' AS id, data ->> '$.message.parts[0].text' AS text
         FROM streams JOIN entries ON entries.stream = streams.n JOIN events ON events.n = entries.event
         WHERE streams.id = ? AND type = 'message.created' ORDER BY seq`,
      )
      .iterate(`conversation:${conversationId}:public`) as Iterable<{ id: string; text: string | null }>;
    const order: number[] = [];
    for (const { id, text } of rows) order.push(numberInText(text ?? '') ?? numberOfId(id));
    return order;
  }

  /** What must hold of any log, whatever was sent. */
  check(report: Report): void {
    const integrity = this.#db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    if (integrity !== 'ok') report('gaps', `the file is damaged: ${String(integrity)}`);
    const gaps = this.#db
      .prepare(
        `SELECT streams.id AS id, head, count(seq) AS entries, min(seq) AS first, max(seq) AS last
         FROM streams LEFT JOIN entries ON entries.stream = streams.n GROUP BY streams.n
         HAVING coalesce(last, 0) <> head OR entries <> head OR coalesce(first, 1) <> 1`,
      )
      .all();
    for (const gap of gaps)
      report(
        'gaps',
        `stream ${String(gap['id'])} is at ${String(gap['head'])} and holds ${String(gap['entries'])} events`,
      );
    const strays = this.#db
      .prepare(
        `SELECT count(*) AS n FROM messages WHERE id NOT IN
         (SELECT data ->> '$.message.id' FROM events WHERE type = 'message.created')`,
      )
      .get()?.['n'];
    if (strays !== 0) report('ghosts', `${String(strays)} messages are stored that no event speaks of`);
  }
}
