import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed: the event's id, the time of the attempt in seconds since 1970, the body byte for byte. */
export interface SignedParts {
  id: string;
  timestamp: number;
  body: string | Uint8Array;
}

const prefix = 'whsec_';
const [fewestBytes, mostBytes] = [24, 64];

/**
 * The key that a secret stands for: what follows `whsec_`, from base64.
 *
 * @returns `undefined` for what is no secret, or one of less than 24 or more than 64 bytes
 */
export function keyOf(secret: string): Buffer | undefined {
  const text = secret.startsWith(prefix) ? secret.slice(prefix.length) : '';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const key = Buffer.from(text, 'base64');
  return key.length >= fewestBytes && key.length <= mostBytes ? key : undefined;
}

/**
 * The value of `webhook-signature`: one signature for each secret, with spaces between.
 * Source: Standard Webhooks 1.0.0, "Signature scheme".
 *
 * @throws RangeError for what is no secret
 */
export function signWebhook(parts: SignedParts, secrets: readonly string[]): string {
  return secrets.map((secret) => `v1,${macOf(parts, secret).toString('base64')}`).join(' ');
}

/** Whether one of the signatures is of one of the secrets. All are compared, each in constant time. */
export function isSigned(parts: SignedParts, signature: string, secrets: readonly string[]): boolean {
  const given = signature
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice('v1,'.length), 'base64'));
  const macs = secrets.map((secret) => macOf(parts, secret));
  return given
    .flatMap((one) => macs.map((mac) => one.length === mac.length && timingSafeEqual(one, mac)))
    .includes(true);
}

function macOf({ id, timestamp, body }: SignedParts, secret: string): Buffer {
  const key = keyOf(secret);
  if (!key)
    throw new RangeError(
      'A webhook secret is "whsec_" and 24 to 64 bytes in base64. Make one with: echo whsec_$(openssl rand -base64 32)',
    );
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
