import type { Logger } from 'pino';
import { postWebhook, type WebhookAnswer } from './post-webhook.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';
import type { Delivery, WebhookOutbox } from './webhook-outbox.ts';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

/** How long after each failed attempt the next one comes, in ms, give or take a fifth; after the last, none. */
export const webhookBackoffMs: readonly number[] = [
  second,
  ...[5, 30].map((count) => count * second),
  ...[2, 10, 30].map((count) => count * minute),
  ...[2, 5, 10, 14, 20, 24].map((count) => count * hour),
];

const mostAtOnce = 8;
const longestSleepMs = minute;

/** What {@link WebhookSender} needs. */
export interface WebhookSenderParts {
  endpoint: WebhookEndpoint;
  outbox: WebhookOutbox;
  /** Milliseconds since 1970. */
  clock: () => number;
  logger: Logger;
  /** Default {@link webhookBackoffMs}. */
  backoffMs?: readonly number[] | undefined;
}

/**
 * Posts to one address what is on disk for it: the deliveries of a conversation one after the other, those of up to eight
 * conversations at a time.
 */
export class WebhookSender {
  readonly #parts: WebhookSenderParts;
  readonly #backoffMs: readonly number[];
  readonly #stop = new AbortController();
  readonly #underWay = new Map<string, Promise<void>>();
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: WebhookSenderParts) {
    this.#parts = parts;
    this.#backoffMs = parts.backoffMs ?? webhookBackoffMs;
  }

  /** There may be something to post. */
  wake(): void {
    if (this.#stop.signal.aborted) return;
    if (this.#looking) return void (this.#lookAgain = true);
    this.#looking = this.#look()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#looking = undefined;
        if (this.#lookAgain) this.wake();
      });
  }

  /** Lets go of what is under way: it is posted again by the next process. */
  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all(this.#underWay.values());
  }

  async #look(): Promise<void> {
    this.#lookAgain = false;
    const { outbox, clock } = this.#parts;
    if (this.#underWay.size >= mostAtOnce) return;
    const now = clock();
    for (const delivery of await outbox.due(now, mostAtOnce + this.#underWay.size)) {
      const { conversation } = delivery;
      if (this.#underWay.has(conversation) || this.#underWay.size >= mostAtOnce) continue;
      if (this.#stop.signal.aborted) return;
      const posted = this.#post(delivery)
        .catch((error: unknown) => this.#failed(error))
        .finally(() => {
          this.#underWay.delete(conversation);
          this.wake();
        });
      this.#underWay.set(conversation, posted);
    }
    const next = await outbox.nextDue(now);
    clearTimeout(this.#timer);
    if (next === undefined || this.#stop.signal.aborted) return;
    const sleepMs = Math.min(Math.max(next - clock(), 0), longestSleepMs);
    this.#timer = setTimeout(() => this.wake(), sleepMs).unref();
  }

  async #post(delivery: Delivery): Promise<void> {
    const { endpoint, clock, outbox } = this.#parts;
    const { event: id, body } = delivery;
    let answer: WebhookAnswer | undefined;
    let reason = '';
    try {
      answer = await postWebhook(endpoint, { id, body, now: clock(), signal: this.#stop.signal });
      reason = `It answered ${answer.status}.`;
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      reason = error instanceof Error ? error.message : String(error);
    }
    if (answer && answer.status >= 200 && answer.status < 300) return outbox.taken(delivery);
    await this.#notTaken(delivery, reason, answer);
  }

  async #notTaken(delivery: Delivery, reason: string, answer: WebhookAnswer | undefined): Promise<void> {
    const { endpoint, clock, outbox, logger } = this.#parts;
    const about = { url: endpoint.url, eventId: delivery.event, attempts: delivery.attempts + 1, reason };
    const waitMs = answer?.status === 410 ? undefined : this.#backoffMs[delivery.attempts];
    if (waitMs === undefined) {
      logger.error(about, 'A webhook was given up.');
      return outbox.giveUp(delivery, reason, clock());
    }
    logger.warn(about, 'A webhook was not taken; it is tried again.');
    const scattered = waitMs * (0.8 + 0.4 * Math.random());
    const asked = Math.min(answer?.retryAfterMs ?? 0, 24 * hour);
    await outbox.postpone(delivery, Math.ceil(clock() + Math.max(scattered, asked)));
  }

  /** The outbox could not be read or written: when storage has failed, the process ends; else it is looked at again. */
  #failed(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    this.#parts.logger.error(
      { err: error, url: this.#parts.endpoint.url },
      'Webhooks could not be looked after.',
    );
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), longestSleepMs).unref();
  }
}
