import { createHmac } from 'node:crypto';

/** What the server forgives to clocks that differ, in seconds; a token may be that much too old. */
const toleranceSeconds = 30;

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A token for a known visitor, as a site's own backend signs it.
 *
 * @param lifeSeconds how long the server will take it; a minute and less, to see tokens run out
 */
export function hostToken(secret: string, sub: string, lifeSeconds: number, nowMs: number): string {
  const exp = Math.floor(nowMs / 1000) + lifeSeconds - toleranceSeconds;
  const body = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ sub, aud: 'default', exp })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
