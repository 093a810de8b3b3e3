import type { Discovery } from '@sahay/protocol';
import type { Clock } from '../clock.ts';
import { SahayError } from '../sahay-error.ts';
import type { ClientStorage } from '../storage/client-storage.ts';
import { choiceKey } from './choice-key.ts';
import { longPollTransport } from './long-poll-transport.ts';
import { sseTransport } from './sse-transport.ts';
import type { Transport, TransportHandlers, TransportLink, TransportName } from './transport.ts';
import { webSocketTransport } from './web-socket-transport.ts';

/** How long a transport may take until its first frame, in ms. */
const establishMs = 8_000;
/** A transport that was given up is tried again after this long, in ms. */
const tryAgainMs = 600_000;
/** How often a transport fails before it is given up; the server was asked in between, and answered. One that times out is at once. */
const mostFailures = 2;

/** Nothing came, or a 503 that may be of something in between which lets this transport alone not pass: a socket that can say so is one. */
const isNoAnswer = (name: TransportName, code: number): boolean =>
  code === 1006 || (code === 1012 && name !== 'websocket');

/** What a choice needs from those around it. */
export interface TransportChoiceOptions {
  /** The only ones to be used, best first. Default: all there are. */
  transports?: readonly TransportName[] | undefined;
  webSocket: typeof globalThis.WebSocket | undefined;
  fetch: typeof globalThis.fetch;
  storage: ClientStorage;
  clock: Clock;
  /** Knows the absolute address of one the server gave. */
  api: { locate(path: string): string };
  /** What the server said it offers, just now. */
  found: Discovery;
  /** Why it is not just a WebSocket. `connect_timeout`: it was waited for in vain. */
  trouble: unknown;
}

/**
 * The transport to try next.
 *
 * @param before the one of the attempt before
 * @throws SahayError `capability_absent` when nothing the server offers can be used
 */
export async function chooseTransport(
  before: Transport,
  options: TransportChoiceOptions,
): Promise<Transport> {
  return before instanceof TransportChoice ? before : TransportChoice.make(options);
}

/** What was chosen, and until when. */
interface Remembered {
  name: TransportName;
  until: number;
}

/** The best transport that the server has and that can be established here. */
class TransportChoice implements Transport {
  readonly #options: TransportChoiceOptions;
  readonly #ways: [name: TransportName, transport: Transport, url: string][] = [];
  #at = 0;
  #failures = 0;
  /** When the better ones are worth another try, in ms since 1970. */
  #until = Infinity;

  private constructor(options: TransportChoiceOptions) {
    this.#options = options;
    const { transports, endpoints } = options.found;
    const { api, fetch, webSocket } = options;
    const locate = (path = ''): string => api.locate(path);
    const { socket, events, poll, frames } = endpoints;
    const [there, http] = [
      transports ?? ['websocket'],
      frames && { fetch, events: locate(events), poll: locate(poll), frames: locate(frames) },
    ];
    for (const name of options.transports ?? (['websocket', 'sse', 'long-poll'] as const)) {
      if (!there.includes(name)) continue;
      if (name === 'websocket') {
        if (webSocket) this.#ways.push([name, webSocketTransport(webSocket), locate(socket)]);
      } else if (http)
        this.#ways.push([name, name === 'sse' ? sseTransport(http) : longPollTransport(http), '']);
    }
    if (this.#ways.length === 0)
      throw new SahayError(
        'capability_absent',
        `The server offers ${there.join(', ')}, of which nothing can be used here. Give another list in the option transports, or the option webSocket.`,
      );
  }

  static async make(options: TransportChoiceOptions): Promise<TransportChoice> {
    const choice = new TransportChoice(options);
    const held = (await options.storage.read((reader) => reader.get(choiceKey)).catch(() => undefined)) as
      Remembered | undefined;
    const index = choice.#ways.findIndex(([name]) => name === held?.name);
    if (held && index > 0 && held.until > options.clock.now()) choice.#settle(index, held.until);
    else if (options.trouble === 'connect_timeout' && choice.#ways[0]?.[0] === 'websocket') choice.#giveUp();
    return choice;
  }

  connect(_url: string, handlers: TransportHandlers): TransportLink {
    const { clock } = this.#options;
    if (clock.now() >= this.#until) this.#settle(0, Infinity);
    const [name, transport, url] = this.#ways[this.#at]!;
    let isSettled = false;
    const settled = (): boolean => {
      cancel();
      return isSettled || !(isSettled = true);
    };
    const lose = (): void => {
      close();
      handlers.onClose(1006);
    };
    const close = (): void => {
      settled();
      stopProbing();
      link.close();
    };
    const cancel = clock.after(establishMs, () => {
      if (settled()) return;
      this.#giveUp();
      lose();
    });
    let stopProbing = (): void => undefined;
    const link = transport.connect(url, {
      onOpen: handlers.onOpen,
      onFrame: (text) => {
        if (!settled()) {
          this.#established(name);
          if (this.#at > 0) stopProbing = this.#probe(lose);
        }
        handlers.onFrame(text);
      },
      onClose: (code, pauseMs) => {
        stopProbing();
        if (!settled() && isNoAnswer(name, code)) this.#failed();
        handlers.onClose(code, pauseMs);
      },
    });
    return { send: (text) => link.send(text), close };
  }

  /** Tries now and then whether the best one can be established meanwhile; if so, the line is given up for it. */
  #probe(found: () => void): () => void {
    const [, transport, url] = this.#ways[0]!;
    let trial: TransportLink | undefined;
    let cancel: (() => void) | undefined;
    const later = (): void => {
      cancel = this.#options.clock.after(tryAgainMs, () => {
        trial = transport.connect(url, {
          onOpen: () => {
            this.#settle(0, Infinity);
            found();
          },
          onFrame: () => undefined,
          onClose: later,
        });
      });
    };
    if (this.#ways[0]![0] === 'websocket') later();
    return () => {
      cancel?.();
      trial?.close();
    };
  }

  #established(name: TransportName): void {
    this.#failures = 0;
    if (this.#at === 0) return;
    const { storage, clock } = this.#options;
    if (this.#until === Infinity) this.#until = clock.now() + tryAgainMs;
    const remembered: Remembered = { name, until: this.#until };
    // What cannot be remembered is found out again.
    storage.write((writer) => writer.put(choiceKey, remembered)).catch(() => undefined);
  }

  #failed(): void {
    if (++this.#failures >= mostFailures) this.#giveUp();
  }

  #giveUp(): void {
    this.#settle((this.#at + 1) % this.#ways.length, Infinity);
  }

  #settle(index: number, until: number): void {
    this.#at = index;
    this.#until = until;
    this.#failures = 0;
  }
}
