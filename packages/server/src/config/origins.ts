import { ConfigError } from './config-error.ts';

/**
 * Reads a list of allowed origins: scheme, host and, when it is not the usual one, port.
 *
 * @throws ConfigError for what is no origin, such as a path, a bare host or `*`
 * @example parseOrigins('https://shop.example, http://localhost:8080')
 */
export function parseOrigins(input: string | readonly string[] | undefined): string[] {
  const list =
    typeof input === 'string' ? input.split(',') : (input ?? []).flatMap((entry) => entry.split(','));
  return [
    ...new Set(
      list
        .map((entry) => entry.trim())
        .filter(Boolean)
        .map((entry) => originOf(entry, 'The allowed origin')),
    ),
  ];
}

/** The origin a URL stands for; the URL may end in `/` but must have no path, query or credentials. */
export function originOf(entry: string, what: string): string {
  const correct = 'Write scheme and host, for example https://shop.example';
  if (entry === '*')
    throw new ConfigError(
      `${what} is "*", which would let every site use this server. Name each site. ${correct}.`,
    );
  if (!URL.canParse(entry)) throw new ConfigError(`${what} "${entry}" is not a web address. ${correct}.`);
  const url = new URL(entry);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new ConfigError(`${what} "${entry}" begins with "${url.protocol}". ${correct}.`);
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password)
    throw new ConfigError(`${what} "${entry}" has more than an origin has. Write only ${url.origin}.`);
  return url.origin;
}
