import type { WebhookEvent } from '@sahay/protocol';
import { isSigned } from './webhook-signature.ts';

/** Why a webhook was refused. */
export type WebhookRefusal =
  'headers_missing' | 'timestamp_out_of_range' | 'signature_wrong' | 'body_invalid';

/** A request that is not to be believed: answer it with 400 and do nothing. */
export class WebhookRefusedError extends Error {
  override readonly name = 'WebhookRefusedError';
  /** Why it is not to be believed. */
  readonly code: WebhookRefusal;

  constructor(code: WebhookRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

/** A request as it came. */
export interface ReceivedWebhook {
  /** `Headers`, or Node's plain object with names in lower case. */
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as it was sent: parsed and written again it is another one. */
  body: string | Uint8Array;
}

/** By what it is judged. */
export interface VerifyOptions {
  /** The address's secrets, `whsec_…`; while one is replaced, the new and the old. */
  secrets: readonly string[];
  /** How far the attempt's time may be from this clock, in seconds. Default 300. */
  toleranceSeconds?: number | undefined;
  /** Milliseconds since 1970. Default `Date.now()`. */
  now?: number | undefined;
}

/**
 * Checks a webhook's signature and time, and reads it. An event may come again: its `id` is then the same
 * ({@link SeenWebhooks}).
 *
 * @throws WebhookRefusedError when it is not signed with one of the secrets, too old or too new, or no event
 * @throws RangeError when a secret is none
 * @example
 * const event = verifyWebhook({ headers: request.headers, body: await request.text() }, { secrets: [process.env.SECRET ?? ''] });
 * if (event.type === 'handoff.requested') await page(event.conversationId);
 */
export function verifyWebhook({ headers, body }: ReceivedWebhook, options: VerifyOptions): WebhookEvent {
  const { secrets, toleranceSeconds = 300, now = Date.now() } = options;
  const id = headerOf(headers, 'webhook-id');
  const seconds = headerOf(headers, 'webhook-timestamp');
  const signature = headerOf(headers, 'webhook-signature');
  if (!id || !signature || !/^\d{1,12}$/.test(seconds))
    throw new WebhookRefusedError(
      'headers_missing',
      'A webhook has webhook-id, webhook-timestamp and webhook-signature. This request is none, or a proxy took them away.',
    );
  const timestamp = Number(seconds);
  if (Math.abs(now / 1000 - timestamp) > toleranceSeconds)
    throw new WebhookRefusedError(
      'timestamp_out_of_range',
      `The webhook was sent ${Math.round(now / 1000 - timestamp)} s ago by this clock; ${toleranceSeconds} s are allowed. It is an old one, or a clock is wrong.`,
    );
  if (!isSigned({ id, timestamp, body }, signature, secrets))
    throw new WebhookRefusedError(
      'signature_wrong',
      'The webhook is not signed with this secret. Check that the secret is that of this address, and that the body is as it was sent.',
    );
  return eventOf(body, id);
}

function headerOf(headers: ReceivedWebhook['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return typeof value === 'string' ? value : '';
}

function eventOf(body: string | Uint8Array, id: string): WebhookEvent {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  try {
    const event = JSON.parse(text) as WebhookEvent;
    if (event.id === id) return event;
  } catch {
    // What is signed and no JSON is told of below, like what is signed and no event.
  }
  throw new WebhookRefusedError(
    'body_invalid',
    'The webhook is signed, but its body is not the event of its id.',
  );
}
