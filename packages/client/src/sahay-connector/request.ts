// Requests beside the log: files, history, insights. Most visitors never make one.
import type { LinkRequestInit } from '../connector/log-connector.ts';
import { putWithProgress } from '../files/put-with-progress.ts';
import type { SharedTokens } from '../identity/shared-tokens.ts';
import { SahayError } from '../sahay-error.ts';
import type { Session } from '../session/session.ts';
import { unreachable } from './api.ts';
import { refusalOf } from './refusal.ts';

/** See `SupportClient.fetch`. */
export async function requestOver(
  { link, connector }: Session,
  path: string,
  init?: LinkRequestInit,
): Promise<Response> {
  if (!link.request) throw new SahayError('capability_absent', `${connector.name} takes no requests.`);
  const response = await link.request(path, init);
  if (!response.ok) throw await refusalOf(response);
  return response;
}

/** A request with a token; a refused token is renewed once. */
export async function authorised(
  fetch: typeof globalThis.fetch,
  url: string,
  init: LinkRequestInit,
  tokens: SharedTokens,
): Promise<Response> {
  const token = await tokens.get();
  const response = await send(fetch, url, init, token);
  if (response.status !== 401) return response;
  return send(fetch, url, init, await tokens.get('refused', token));
}

async function send(
  fetch: typeof globalThis.fetch,
  url: string,
  { onProgress, ...init }: LinkRequestInit,
  token: string,
): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  try {
    if (onProgress && typeof XMLHttpRequest === 'function')
      return await putWithProgress(url, { ...init, headers }, onProgress);
    return await fetch(url, { ...init, headers });
  } catch (cause) {
    if (init.signal?.aborted && (init.signal.reason as Error)?.name !== 'TimeoutError')
      throw new SahayError('cancelled', 'The request was cancelled.', { cause });
    throw unreachable(url, cause);
  }
}
