import type { SqlAccess } from '../storage/store.ts';

/** How long is remembered what was given up, in ms. */
const failuresKeptMs = 90 * 24 * 3_600_000;

/** A delivery that is the first of its conversation, and how often it was tried. */
export interface Delivery {
  n: number;
  conversation: string;
  event: string;
  body: string;
  attempts: number;
}

/** The deliveries of one address that are on disk, a lane for each conversation. */
export class WebhookOutbox {
  readonly #sql: SqlAccess;
  readonly #endpoint: string;

  constructor(sql: SqlAccess, endpoint: string) {
    this.#sql = sql;
    this.#endpoint = endpoint;
  }

  /** The first deliveries of the conversations that are due, those that wait longest first. */
  due(now: number, most: number): Promise<Delivery[]> {
    return this.#sql.all<Delivery>(
      `SELECT d.n, d.conversation, d.event, d.body, l.attempts FROM webhook_lanes l
         JOIN webhook_deliveries d ON d.n = (SELECT min(n) FROM webhook_deliveries
           WHERE endpoint = l.endpoint AND conversation = l.conversation)
       WHERE l.endpoint = ? AND l.due_at <= ? ORDER BY l.due_at LIMIT ?`,
      [this.#endpoint, now, most],
    );
  }

  /** When the next delivery that is not due yet will be, in ms since 1970; `undefined` when there is none. */
  async nextDue(now: number): Promise<number | undefined> {
    const [row] = await this.#sql.all<{ due: number | null }>(
      'SELECT min(due_at) AS due FROM webhook_lanes WHERE endpoint = ? AND due_at > ?',
      [this.#endpoint, now],
    );
    return row?.due ?? undefined;
  }

  /** It was taken. */
  async taken({ n, conversation }: Delivery): Promise<void> {
    await this.#sql.transaction(this.#leave(n, conversation));
  }

  /** It is tried again, not before a moment in ms since 1970. */
  async postpone({ conversation, attempts }: Delivery, dueAt: number): Promise<void> {
    await this.#sql.run(
      'UPDATE webhook_lanes SET attempts = ?, due_at = ? WHERE endpoint = ? AND conversation = ?',
      [attempts + 1, dueAt, this.#endpoint, conversation],
    );
  }

  /** It is tried no more: that it was there stays, what it said does not. */
  async giveUp({ n, conversation, event }: Delivery, reason: string, now: number): Promise<void> {
    await this.#sql.transaction([
      {
        sql: 'INSERT OR REPLACE INTO webhook_failures (event, endpoint, conversation, reason, given_up_at) VALUES (?, ?, ?, ?, ?)',
        params: [event, this.#endpoint, conversation, reason, now],
      },
      { sql: 'DELETE FROM webhook_failures WHERE given_up_at < ?', params: [now - failuresKeptMs] },
      ...this.#leave(n, conversation),
    ]);
  }

  #leave(n: number, conversation: string) {
    const lane = [this.#endpoint, conversation];
    return [
      { sql: 'DELETE FROM webhook_deliveries WHERE n = ?', params: [n] },
      {
        sql: 'UPDATE webhook_lanes SET attempts = 0, due_at = 0 WHERE endpoint = ? AND conversation = ?',
        params: lane,
      },
      {
        sql: `DELETE FROM webhook_lanes WHERE endpoint = ?1 AND conversation = ?2 AND NOT EXISTS
                (SELECT 1 FROM webhook_deliveries WHERE endpoint = ?1 AND conversation = ?2)`,
        params: lane,
      },
    ];
  }
}

/** Forgets what is for addresses that are no more configured. */
export async function forgetOtherEndpoints(sql: SqlAccess, urls: readonly string[]): Promise<void> {
  const others = 'endpoint NOT IN (SELECT value FROM json_each(?))';
  const params = [JSON.stringify(urls)];
  await sql.transaction(
    ['webhook_deliveries', 'webhook_lanes'].map((table) => ({
      sql: `DELETE FROM ${table} WHERE ${others}`,
      params,
    })),
  );
}
