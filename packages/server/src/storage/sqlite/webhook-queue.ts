import type { Database } from './database.ts';

/** Which events an address is told. */
export interface WebhookSubscription {
  url: string;
  types: ReadonlySet<string>;
}

/** An event of a conversation, as the log has it: `data` is JSON. */
export interface QueuedEvent {
  id: string;
  type: string;
  time: string;
  data: string;
}

/**
 * Writes down what is to be told to other programs, in the transaction of the event itself: neither is ever on disk
 * without the other.
 */
export class WebhookQueue {
  readonly #db: Database;
  readonly #subscriptions: readonly WebhookSubscription[];

  constructor(db: Database, subscriptions: readonly WebhookSubscription[]) {
    this.#db = db;
    this.#subscriptions = subscriptions;
  }

  add(conversationId: string, { id, type, time, data }: QueuedEvent): void {
    const asked = this.#subscriptions.filter(({ types }) => types.has(type));
    if (asked.length === 0) return;
    const head = JSON.stringify({ id, type, timestamp: time, conversationId });
    const body = `${head.slice(0, -1)},"data":${data}}`;
    for (const { url } of asked) {
      this.#db.run(
        'INSERT INTO webhook_deliveries (endpoint, conversation, event, body) VALUES (?, ?, ?, ?)',
        url,
        conversationId,
        id,
        body,
      );
      this.#db.run(
        'INSERT INTO webhook_lanes (endpoint, conversation, attempts, due_at) VALUES (?, ?, 0, 0) ON CONFLICT DO NOTHING',
        url,
        conversationId,
      );
    }
  }
}
