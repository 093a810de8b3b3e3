import type { HttpContext } from './http-env.ts';

/**
 * The address a request comes from. Behind a trusted proxy it is the last one in `X-Forwarded-For`: those before it were
 * written by the client and can be anything.
 */
export function clientAddress(c: HttpContext, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded || c.env?.incoming?.socket.remoteAddress || 'unknown';
}

/** Whether the visitor's side of the connection is encrypted. */
export function isSecure(
  c: HttpContext,
  config: { publicUrl?: string | undefined; trustProxy: boolean },
): boolean {
  if (config.publicUrl?.startsWith('https:')) return true;
  if (config.trustProxy && c.req.header('x-forwarded-proto')?.split(',')[0]?.trim() === 'https') return true;
  return new URL(c.req.url).protocol === 'https:';
}
