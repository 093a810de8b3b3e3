import { createHmac } from 'node:crypto';

const secret = 'a-secret-of-the-shop-that-is-long-enough';

/** Servers that are started after this accept the tokens made here as a site's own. */
export function acceptHostTokens(): void {
  process.env['SAHAY_JWT_KEY'] = secret;
  process.env['SAHAY_JWT_ALG'] = 'HS256';
}

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as a site's own backend makes it; with another header or key, as a forger does. */
export function jwt(
  claims: object,
  { header = {}, key = secret }: { header?: object; key?: string } = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  const content = { aud: 'default', iat: now, exp: now + 600, ...claims };
  const body = `${base64({ alg: 'HS256', typ: 'JWT', ...header })}.${base64(content)}`;
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
}
