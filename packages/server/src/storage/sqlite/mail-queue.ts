import type { Database } from './database.ts';

/**
 * Writes down that an answer may have to be e-mailed, in the transaction of the answer itself. Whether it has to be is seen
 * later, when it is known whether the visitor has read it.
 */
export class MailQueue {
  readonly #db: Database;
  /** Whether answers are e-mailed at all. */
  isOn = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /** An agent said something in a conversation, whose state is stored already. */
  add(conversationId: string, time: string): void {
    if (!this.isOn) return;
    this.#db.run(
      `INSERT INTO mail_lanes (conversation, waiting_since)
         SELECT id, ? FROM conversations WHERE id = ? AND coalesce(staff ->> '$.context.contact.email', '') <> ''
         ON CONFLICT (conversation) DO UPDATE SET waiting_since = coalesce(waiting_since, excluded.waiting_since)`,
      Date.parse(time),
      conversationId,
    );
  }
}
