import { once } from 'node:events';
import type { ClientFrame } from '@sahay/protocol';
import { subprotocol } from '@sahay/protocol';
import { WebSocket, type ClientOptions } from 'ws';
import { TestLine } from './test-line.ts';

/** A wire client over a WebSocket. */
export class TestSocket extends TestLine {
  readonly ws: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(url: string, options: ClientOptions = {}, protocols: string | string[] = subprotocol) {
    super();
    this.ws = new WebSocket(url, protocols, options);
    this.closed = once(this.ws, 'close').then(([code, reason]) => ({
      code: code as number,
      reason: String(reason),
    }));
    this.ws.on('error', () => this.wake());
    this.ws.on('close', () => this.wake());
    this.ws.on('message', (data: Buffer) => this.heard(JSON.parse(data.toString())));
  }

  /** A socket on which hello was said and answered. */
  static async hello(url: string, token: string, options?: ClientOptions): Promise<TestSocket> {
    const socket = new TestSocket(url, options);
    await once(socket.ws, 'open');
    socket.send({ type: 'hello', token });
    await socket.next('welcome');
    return socket;
  }

  protected get isClosed(): boolean {
    return this.ws.readyState >= WebSocket.CLOSING;
  }

  send(frame: ClientFrame | string | Buffer): void {
    this.ws.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  close(): void {
    this.ws.close();
  }
}
