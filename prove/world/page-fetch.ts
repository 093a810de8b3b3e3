import type { Random } from '../run/random.ts';
import { PageGoneError, type Gate } from './gate.ts';

/** Of so many requests that post frames, one is sent twice, as a proxy or a browser that retries may do. */
const twiceOneIn = 20;

/** The requests of one page. They end with it, and nothing of their answers reaches it while it is frozen. */
export class PageFetch {
  readonly #gate: Gate;
  readonly #random: Random;
  readonly #end = new AbortController();
  readonly #onTwice: () => void;

  /** @param onTwice hears of each request that was sent twice */
  constructor(gate: Gate, random: Random, onTwice: () => void) {
    this.#gate = gate;
    this.#random = random;
    this.#onTwice = onTwice;
  }

  readonly fetch = (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (this.#gate.isDead) return Promise.reject(new PageGoneError());
    const signal = init.signal ? AbortSignal.any([init.signal, this.#end.signal]) : this.#end.signal;
    if (isFrames(input, init) && this.#random.oneIn(twiceOneIn))
      this.#sendOnceMore(input, { ...init, signal });
    return this.#gate.pass(fetch(input, { ...init, signal }).then((response) => this.#gated(response)));
  };

  kill(): void {
    this.#end.abort();
  }

  /** The same request, whose answer nobody reads. */
  #sendOnceMore(input: string | URL | Request, init: RequestInit): void {
    this.#onTwice();
    // It may break off before its answer or in the middle of it: that is nobody's concern.
    fetch(input, init)
      .then((response) => response.arrayBuffer())
      .catch(() => undefined);
  }

  /** An answer that goes on and on passes the gate piece by piece. */
  #gated(response: Response): Response {
    if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream'))
      return response;
    const pieces = new TransformStream<Uint8Array, Uint8Array>({
      transform: async (piece, controller) => {
        await this.#gate.pass(Promise.resolve());
        controller.enqueue(piece);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(pieces), { status, statusText, headers });
  }
}

function isFrames(input: string | URL | Request, { method }: RequestInit): boolean {
  return method === 'POST' && typeof input === 'string' && input.endsWith('/frames');
}
