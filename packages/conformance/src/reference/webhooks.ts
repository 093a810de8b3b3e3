import { parseStream, type LogEvent } from '@sahay/protocol';
import { webhookSignature } from '../wire/webhook-signature.ts';

/** Who is told, and what signs. */
export interface WebhookTarget {
  url: string;
  secrets: readonly string[];
}

/** A request to an address. */
export interface WebhookRequest {
  id: string;
  timestamp: string;
  body: string;
  secrets: readonly string[];
  /** 1 for the first. */
  attempt: number;
}

/** The value of `webhook-signature`. */
export const signaturesOf = ({ id, timestamp, body, secrets }: WebhookRequest): string =>
  secrets.map((secret) => webhookSignature(id, timestamp, body, secret)).join(' ');

/** The headers of a request as they should be. */
export const webhookHeaders = (request: WebhookRequest): Record<string, string> => ({
  'content-type': 'application/json',
  'webhook-id': request.id,
  'webhook-timestamp': request.timestamp,
  'webhook-signature': signaturesOf(request),
});

const retryMs = 50;

/** Tells one address what happens in conversations, each event until it is taken. */
export class ReferenceWebhooks {
  readonly #clock: { now(): number };
  readonly #send: (request: WebhookRequest) => Record<string, string> | undefined;
  #target: WebhookTarget | undefined;
  #last: Promise<void> = Promise.resolve();

  /** @param send the headers of a request; `undefined` when it is not made */
  constructor(
    clock: { now(): number },
    send: (request: WebhookRequest) => Record<string, string> | undefined,
  ) {
    this.#clock = clock;
    this.#send = send;
  }

  get isSet(): boolean {
    return this.#target !== undefined;
  }

  set(target: WebhookTarget | undefined): void {
    this.#target = target;
  }

  tell({ id, type, time, stream, data }: LogEvent): void {
    const address = parseStream(stream);
    if (!this.#target || address?.kind !== 'conversation' || address.audience !== 'public') return;
    const body = JSON.stringify({ id, type, timestamp: time, conversationId: address.id, data });
    this.#last = this.#last.then(() => this.#deliver(id, body));
  }

  async #deliver(id: string, body: string): Promise<void> {
    for (let attempt = 1; this.#target; attempt++) {
      const { url, secrets } = this.#target;
      const timestamp = String(Math.floor(this.#clock.now() / 1000));
      const headers = this.#send({ id, timestamp, body, secrets, attempt });
      if (!headers) return;
      const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' }).catch(
        () => undefined,
      );
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
