import type { WebSocket } from 'ws';
import type { EncodedFrame } from '../hub/reader.ts';
import type { Line } from '../peer/line.ts';

/** Frames over a WebSocket, one a text frame; its own pings are the beats. */
export class SocketLine implements Line {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send({ json }: EncodedFrame): void {
    this.#socket.send(json, { binary: false });
  }

  beat(): void {
    this.#socket.ping();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  cut(): void {
    this.#socket.terminate();
  }
}
