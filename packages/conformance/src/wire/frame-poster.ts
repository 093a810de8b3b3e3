import type { ClientFrame, FramesAnswer, Problem } from '@sahay/protocol';
import type { HttpApi } from './http-api.ts';
import type { LineEnd, LineListener } from './line.ts';

/** What {@link FramePoster} needs. */
export interface FramePosterParts {
  api: HttpApi;
  /** Where frames are posted. */
  path: string;
  token: string;
  /** The connection's id, once `welcome` has named it. */
  connection: Promise<string>;
  listener: LineListener;
}

/** Says frames over HTTP, one request after the other, and hears what they are answered with. */
export class FramePoster {
  readonly #parts: FramePosterParts;
  #token: string;
  #last: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(parts: FramePosterParts) {
    this.#parts = parts;
    this.#token = parts.token;
  }

  /** The token that the next request carries. */
  get token(): string {
    return this.#token;
  }

  stop(): void {
    this.#isOver = true;
  }

  send(frame: ClientFrame | string | Uint8Array): void {
    const text =
      typeof frame === 'string'
        ? frame
        : frame instanceof Uint8Array
          ? Buffer.from(frame).toString()
          : JSON.stringify(frame);
    this.#last = this.#last
      .then(() => this.#post(text))
      .catch((error: unknown) => this.#end(1006, String(error)));
  }

  async #post(text: string): Promise<void> {
    const { api, path, connection, listener } = this.#parts;
    const id = await connection;
    if (this.#isOver) return;
    const body = new TextEncoder().encode(`{"connection":${JSON.stringify(id)},"frames":[${text}]}`);
    const headers = { 'content-type': 'application/json' };
    const answer = await api.once(path, { method: 'POST', token: this.#token, body, headers });
    if (answer.status !== 200) return this.#refused(answer.json ?? {}, answer.status);
    const fresh = tokenIn(text);
    if (fresh !== undefined) this.#token = fresh;
    for (const frame of (answer.json as FramesAnswer).frames) listener.onText(JSON.stringify(frame));
  }

  #refused({ code, detail }: Partial<Problem>, status: number): void {
    const codes: Partial<Record<number, number>> = {
      401: 4401,
      403: 4403,
      406: 4406,
      413: 1009,
      429: 4429,
      400: 4400,
    };
    this.#end(codes[status] ?? 1006, `${status} ${code ?? ''} ${detail ?? ''}`.trim());
  }

  #end(code: number, reason: string): void {
    const end: LineEnd = { code, reason };
    if (!this.#isOver) this.#parts.listener.onEnd(end);
    this.#isOver = true;
  }
}

function tokenIn(text: string): string | undefined {
  const isToken = text.startsWith('{"type":"token"');
  return isToken ? (JSON.parse(text) as { token: string }).token : undefined;
}
