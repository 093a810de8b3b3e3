import type { ClientFrame, FramesAnswer, ServerFrame } from '@sahay/protocol';
import type { TransportHandlers, TransportLink } from './transport.ts';

/** Where a server takes and gives frames over HTTP, as absolute addresses. */
export interface HttpEndpoints {
  fetch: typeof globalThis.fetch;
  events: string;
  poll: string;
  frames: string;
}

/** Frames and bytes of one request; one frame that is larger goes alone. */
const mostFrames = 100;
const mostBytes = 200_000;

/** What a status says, as the close code that a socket would say it with. */
const closeCodes: Record<number, number> = {
  401: 4401,
  403: 4403,
  406: 4406,
  413: 1009,
  429: 4429,
  500: 1011,
  503: 1012,
};

/**
 * A line made of requests: frames leave by POST, one request at a time, so that their order stays. How frames come in is
 * what the transports differ in: each gives a `listen` that ends when the line does.
 */
export class HttpLine implements TransportLink {
  readonly #handlers: TransportHandlers;
  readonly #listen: (line: HttpLine) => Promise<number>;
  readonly #stop = new AbortController();
  readonly endpoints: HttpEndpoints;
  #token = '';
  #connection: string | undefined;
  #waiting: string[] = [];
  #isPosting = false;

  /** @param listen hears frames until the line ends, and resolves with the close code. */
  constructor(
    endpoints: HttpEndpoints,
    handlers: TransportHandlers,
    listen: (line: HttpLine) => Promise<number>,
  ) {
    this.endpoints = endpoints;
    this.#handlers = handlers;
    this.#listen = listen;
    // There is nothing to open before it is known who speaks.
    queueMicrotask(() => !this.isClosed && handlers.onOpen());
  }

  get isClosed(): boolean {
    return this.#stop.signal.aborted;
  }

  close(): void {
    this.#stop.abort();
  }

  send(text: string): void {
    const frame = JSON.parse(text) as ClientFrame;
    if (frame.type === 'hello') {
      this.#token = frame.token;
      return void this.#run(() => this.#listen(this));
    }
    this.#waiting.push(text);
    if (!this.#isPosting) void this.#run(() => this.#post());
  }

  /** A frame that came. */
  hear(frame: ServerFrame, text = JSON.stringify(frame)): void {
    if (this.isClosed) return;
    if (frame.type === 'welcome') this.#connection = frame.connection;
    this.#handlers.onFrame(text);
  }

  /** A request with the token that is good now. @throws Refused with the close code that stands for it */
  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.#token}`);
    const { signal } = this.#stop;
    const response = await this.endpoints.fetch(url, { cache: 'no-store', ...init, headers, signal });
    if (response.ok) return response;
    const { problem, retryAfterMs } = await (await import('../reserve.ts')).refusalOf(response);
    if (problem) this.hear({ type: 'problem', problem });
    throw new Refused(closeCodes[response.status] ?? 1006, retryAfterMs);
  }

  /** Posts JSON and reads the answer's. */
  async askJson(url: string, body: object): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return (await this.ask(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  }

  async #run(work: () => Promise<number | undefined>): Promise<void> {
    let code: number | undefined;
    let pauseMs: number | undefined;
    try {
      code = await work();
    } catch (error) {
      ({ code, pauseMs } = error instanceof Refused ? error : { code: 1006, pauseMs });
    }
    if (code === undefined || this.isClosed) return;
    this.close();
    this.#handlers.onClose(code, pauseMs);
  }

  async #post(): Promise<undefined> {
    this.#isPosting = true;
    while (this.#waiting.length > 0 && !this.isClosed) {
      const frames = this.#nextBatch();
      const answer = await this.askJson(this.endpoints.frames, { connection: this.#connection, frames });
      const fresh = frames.findLast((frame) => frame.type === 'token');
      if (fresh) this.#token = fresh.token;
      for (const frame of (answer as FramesAnswer).frames) this.hear(frame);
    }
    this.#isPosting = false;
    return undefined;
  }

  #nextBatch(): ClientFrame[] {
    let bytes = 0;
    const end = this.#waiting.findIndex((text, index) => {
      // A character is at most three bytes.
      bytes += 3 * text.length;
      return index > 0 && (index === mostFrames || bytes > mostBytes);
    });
    const texts = this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
    return texts.map((text) => JSON.parse(text) as ClientFrame);
  }
}

class Refused extends Error {
  readonly code: number;
  readonly pauseMs: number | undefined;
  constructor(code: number, pauseMs: number | undefined) {
    super(`refused (${code})`);
    this.code = code;
    this.pauseMs = pauseMs;
  }
}
