import type { Problem } from '@sahay/protocol';

/** An answer, read whole. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; `undefined` when it is none. */
  json: unknown;
}

/** What a request carries. */
export interface ApiRequest {
  method?: string;
  token?: string | undefined;
  /** Sent as JSON, unless it is bytes. */
  body?: unknown;
  headers?: Record<string, string>;
}

const mostPatience = 30_000;

/** Requests to a backend. Where it says "too much at once", they wait as it says and try again. */
export class HttpApi {
  readonly url: string;

  constructor(url: string) {
    this.url = url.replace(/\/+$/, '');
  }

  /** A request that waits and tries again while it is refused for coming too often. */
  async ask(path: string, request: ApiRequest = {}): Promise<Answer> {
    for (;;) {
      const answer = await this.once(path, request);
      if (answer.status !== 429) return answer;
      const { retryAfterMs } = (answer.json ?? {}) as Partial<Problem>;
      const seconds = Number(answer.headers.get('retry-after'));
      const wait = retryAfterMs ?? (Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000);
      await new Promise((resolve) => setTimeout(resolve, Math.min(wait, mostPatience)));
    }
  }

  /** One request, whatever comes. */
  async once(path: string, { method, token, body, headers = {} }: ApiRequest = {}): Promise<Answer> {
    const isBytes = body instanceof Uint8Array;
    const response = await fetch(new URL(path, `${this.url}/`), {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(body !== undefined && !isBytes && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: isBytes ? new Blob([new Uint8Array(body)]) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(mostPatience),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
