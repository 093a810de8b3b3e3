import FastSocket from 'ws';
import type { Gate } from './gate.ts';

type Listener = (event: never) => void;
type AnySocket = InstanceType<typeof FastSocket> | InstanceType<typeof globalThis.WebSocket>;

/** The sockets of one page, so that its death takes them along without a word to the other side. */
export class PageSockets {
  readonly #open = new Set<AnySocket>();
  readonly #gate: Gate;
  readonly #native: boolean;

  /** @param native whether to use Node's own WebSocket; else that of `ws`, which costs less and can break off. */
  constructor(gate: Gate, native: boolean) {
    this.#gate = gate;
    this.#native = native;
  }

  /** A `WebSocket` class whose events pass the page's gate. */
  get webSocket(): typeof globalThis.WebSocket {
    const open = this.#open;
    const gate = this.#gate;
    const native = this.#native;
    class PageSocket {
      readonly #socket: AnySocket;

      constructor(url: string, protocols?: string | string[]) {
        const socket = native
          ? new globalThis.WebSocket(url, protocols)
          : new FastSocket(url, protocols ?? [], { perMessageDeflate: false });
        this.#socket = socket;
        open.add(socket);
        const gone = () => open.delete(socket);
        (socket as EventTarget).addEventListener('close', gone);
        (socket as EventTarget).addEventListener('error', () => undefined);
      }

      get readyState(): number {
        return this.#socket.readyState;
      }

      get bufferedAmount(): number {
        return this.#socket.bufferedAmount;
      }

      addEventListener(type: string, listener: Listener, options?: { signal?: AbortSignal }): void {
        (this.#socket as EventTarget).addEventListener(type, (event) =>
          gate.run(() => {
            if (!options?.signal?.aborted) listener(event as never);
          }),
        );
      }

      send(text: string): void {
        this.#socket.send(text);
      }

      close(code?: number): void {
        this.#socket.close(code);
      }
    }
    return PageSocket as unknown as typeof globalThis.WebSocket;
  }

  kill(): void {
    for (const socket of this.#open)
      if (socket instanceof FastSocket) socket.terminate();
      else socket.close();
    this.#open.clear();
  }
}
