import { SahayError } from '../sahay-error.ts';

const timeoutMs = 20_000;

/** The absolute address of a server, without a slash at its end; relative ones are relative to the page. */
export function addressOf(url: string): string {
  try {
    return new URL(url, globalThis.location?.href).href.replace(/\/+$/, '');
  } catch (cause) {
    throw new SahayError('invalid_command', `"${url}" is no address.`, { cause });
  }
}

/** What became of a request that nobody answered. */
export const unreachable = (url: string, cause: unknown): SahayError =>
  new SahayError('network', `${url} did not answer. Check the address and the network.`, {
    retryable: true,
    cause,
  });

/** The HTTP side of a Sahay server. */
export class Api {
  readonly #base: string;
  readonly #fetch: typeof globalThis.fetch;
  readonly #stop = new AbortController();

  /** @param base the server's address, as `addressOf` gives it. */
  constructor(base: string, fetch: typeof globalThis.fetch) {
    this.#base = base;
    this.#fetch = fetch;
  }

  /** Gives up what is asked at the moment, and whatever is asked later. */
  close(): void {
    this.#stop.abort();
  }

  /** The absolute address of a path, or of an address that the server gave. */
  locate(path: string): string {
    return /^(http|ws)s?:/.test(path) ? path : `${this.#base}/${path.replace(/^\/+/, '')}`;
  }

  /** JSON without a token: reads, or posts a body when there is one. */
  async json(path: string, body?: unknown): Promise<unknown> {
    const url = this.locate(path);
    const response = await this.#fetch(url, {
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), this.#stop.signal]),
      // What a server says of itself must come from itself: it may be down.
      cache: 'no-store',
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    }).catch((cause: unknown) => {
      throw unreachable(url, cause);
    });
    if (!response.ok) throw await (await import('../reserve.ts')).refusalOf(response);
    return response.json() as Promise<unknown>;
  }
}
