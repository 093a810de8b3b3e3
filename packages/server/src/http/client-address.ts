import type { IncomingMessage } from 'node:http';
import type { HttpContext } from './http-env.ts';

/**
 * The address a request comes from. Behind a trusted proxy it is the last one in `X-Forwarded-For`: those before it were
 * written by the client and can be anything.
 */
export function clientAddress(c: HttpContext, trustProxy: boolean): string {
  const forwarded = trustProxy ? lastOf(c.req.header('x-forwarded-for')) : undefined;
  return forwarded || c.env?.incoming?.socket.remoteAddress || 'unknown';
}

/** The same of a request that no app has seen, such as an upgrade. */
export function requestAddress({ headers, socket }: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? lastOf(String(headers['x-forwarded-for'] ?? '')) : undefined;
  return forwarded || socket.remoteAddress || 'unknown';
}

const lastOf = (header: string | undefined): string | undefined => header?.split(',').at(-1)?.trim();

/** Whether the visitor's side of the connection is encrypted. */
export function isSecure(
  c: HttpContext,
  config: { publicUrl?: string | undefined; trustProxy: boolean },
): boolean {
  if (config.publicUrl?.startsWith('https:')) return true;
  if (config.trustProxy && c.req.header('x-forwarded-proto')?.split(',')[0]?.trim() === 'https') return true;
  return new URL(c.req.url).protocol === 'https:';
}
