import type { LinkRequestInit } from '../connector/log-connector.ts';
import type { SharedTokens } from '../identity/shared-tokens.ts';
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

/** The HTTP side of a Sahay server. */
export class Api {
  readonly #base: string;
  readonly #fetch: typeof globalThis.fetch;

  /** @param base the server's address, as `addressOf` gives it. */
  constructor(base: string, fetch: typeof globalThis.fetch) {
    this.#base = base;
    this.#fetch = fetch;
  }

  /** The absolute address of a path, or of an address that the server gave. */
  locate(path: string): string {
    return /^(http|ws)s?:/.test(path) ? path : `${this.#base}/${path.replace(/^\/+/, '')}`;
  }

  /** JSON without a token: reads, or posts a body when there is one. */
  async json(path: string, body?: unknown): Promise<unknown> {
    const response = await this.#send(path, {
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    await throwUnlessOk(response);
    return response.json() as Promise<unknown>;
  }

  /** A request with a token; a refused token is renewed once. */
  async authorised(path: string, init: LinkRequestInit, tokens: SharedTokens): Promise<Response> {
    const token = await tokens.get();
    const response = await this.#send(path, init, token);
    if (response.status !== 401) return response;
    return this.#send(path, init, await tokens.get('refused', token));
  }

  async #send(path: string, { onProgress, ...init }: LinkRequestInit, token?: string): Promise<Response> {
    const headers = new Headers(init.headers);
    if (token) headers.set('authorization', `Bearer ${token}`);
    const url = this.locate(path);
    try {
      if (onProgress && typeof XMLHttpRequest === 'function') {
        const { putWithProgress } = await import('../files/put-with-progress.ts');
        return await putWithProgress(url, { ...init, headers }, onProgress);
      }
      return await this.#fetch(url, { ...init, headers });
    } catch (cause) {
      if (init.signal?.aborted && (init.signal.reason as Error)?.name !== 'TimeoutError')
        throw new SahayError('cancelled', 'The request was cancelled.', { cause });
      throw new SahayError('network', `${url} did not answer. Check the address and the network.`, {
        retryable: true,
        cause,
      });
    }
  }
}

/** Throws the error that an answer stands for, unless it is a success. */
export async function throwUnlessOk(response: Response): Promise<void> {
  if (!response.ok) throw await (await import('./refusal.ts')).refusalOf(response);
}
