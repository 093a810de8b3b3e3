import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress, lookupPublic, PrivateAddressError } from './public-address.ts';
import { signWebhook } from './webhook-signature.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

/** An event on its way. */
export interface WebhookAttempt {
  id: string;
  body: string;
  /** Milliseconds since 1970. */
  now: number;
  signal: AbortSignal;
}

/** What an address answered. */
export interface WebhookAnswer {
  status: number;
  /** How long it asks to be left alone, in ms. */
  retryAfterMs?: number | undefined;
}

/** An address that has not answered by then is tried again, in ms. */
const patienceMs = 15_000;

/**
 * Posts an event once. Redirects are not followed, and the answer's body is not read.
 *
 * @throws PrivateAddressError when the address is not public and may not be asked
 * @throws Error when no answer came
 */
export async function postWebhook(
  endpoint: WebhookEndpoint,
  attempt: WebhookAttempt,
): Promise<WebhookAnswer> {
  const url = new URL(endpoint.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address is connected to without being looked up.
  if (!endpoint.allowPrivate && isIP(host) && !isPublicAddress(host)) throw new PrivateAddressError(host);
  const body = Buffer.from(attempt.body);
  const answer = await send(url, optionsFor(endpoint, attempt, body), body);
  answer.destroy();
  return { status: answer.statusCode ?? 0, retryAfterMs: retryAfterOf(answer, attempt.now) };
}

function optionsFor(
  endpoint: WebhookEndpoint,
  { id, now, signal }: WebhookAttempt,
  body: Buffer,
): RequestOptions {
  const timestamp = Math.floor(now / 1000);
  return {
    method: 'POST',
    agent: false,
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    ...(!endpoint.allowPrivate && { lookup: lookupPublic }),
    headers: {
      'content-type': 'application/json',
      'content-length': body.length,
      'user-agent': 'sahay-server',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signWebhook({ id, timestamp, body }, endpoint.secrets),
    },
  };
}

function send(url: URL, options: RequestOptions, body: Buffer): Promise<IncomingMessage> {
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options);
  return new Promise((resolve, reject) => {
    request.on('response', (answer) => {
      // It is cut off on purpose: what is said of that interests nobody.
      answer.on('error', () => undefined);
      resolve(answer);
    });
    request.on('error', reject);
    request.end(body);
  });
}

function retryAfterOf({ headers }: IncomingMessage, now: number): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
