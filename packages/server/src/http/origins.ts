import type { ServerConfig } from '../config/index.ts';

/** What of the configuration decides about origins. */
export type OriginConfig = Pick<ServerConfig, 'allowOrigins' | 'publicUrl'>;

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Whether a page of this origin is served by this very server.
 *
 * @param origin an `Origin` header
 * @param host the `Host` header of the same request
 */
export function isOwnOrigin(
  config: Pick<ServerConfig, 'publicUrl'>,
  origin: string,
  host: string | undefined,
): boolean {
  if (config.publicUrl !== undefined && origin === config.publicUrl) return true;
  if (!host || !URL.canParse(origin)) return false;
  // With a known public address only that counts, and this machine's own for whoever tries things out.
  return (config.publicUrl === undefined || loopback.test(host)) && new URL(origin).host === host;
}

/**
 * Whether a page of this origin may use the API and the socket: its own, or one on the list. What is no page (a server,
 * a command line) sends no origin and is let through: it has no visitor's credentials to misuse.
 *
 * @example isOriginAllowed(config, request.headers.origin, request.headers.host)
 */
export function isOriginAllowed(
  config: OriginConfig,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (origin === undefined) return true;
  return config.allowOrigins.includes(origin) || isOwnOrigin(config, origin, host);
}

/** The sentence for a site that is not on the list. */
export const originRefusal = (origin: string): string =>
  `The site ${origin.slice(0, 200)} may not use this server. Whoever runs it can allow the site with --allow-origin or SAHAY_ALLOW_ORIGIN.`;
