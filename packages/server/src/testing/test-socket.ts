import { once } from 'node:events';
import type { ClientFrame, Command, Cursor, ServerFrame, StreamName } from '@sahay/protocol';
import { subprotocol } from '@sahay/protocol';
import { validateServerFrame } from '@sahay/protocol/validate-ajv';
import { WebSocket, type ClientOptions } from 'ws';

type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

/** A client that speaks the wire itself, and holds every frame it gets against the schema. */
export class TestSocket {
  readonly ws: WebSocket;
  readonly frames: ServerFrame[] = [];
  #taken = 0;
  #wakes: (() => void)[] = [];
  #n = new Map<string, number>();
  closed: Promise<{ code: number; reason: string }>;

  constructor(url: string, options: ClientOptions = {}, protocols: string | string[] = subprotocol) {
    this.ws = new WebSocket(url, protocols, options);
    this.closed = once(this.ws, 'close').then(([code, reason]) => ({
      code: code as number,
      reason: String(reason),
    }));
    this.ws.on('error', () => this.#wake());
    this.ws.on('close', () => this.#wake());
    this.ws.on('message', (data: Buffer) => {
      const verdict = validateServerFrame(JSON.parse(data.toString()));
      if (!verdict.valid)
        throw new Error(`The server sent an invalid frame (${verdict.error}): ${data.toString()}`);
      this.frames.push(verdict.value);
      this.#wake();
    });
  }

  #wake(): void {
    for (const wake of this.#wakes.splice(0)) wake();
  }

  /** A socket on which hello was said and answered. */
  static async hello(url: string, token: string, options?: ClientOptions): Promise<TestSocket> {
    const socket = new TestSocket(url, options);
    await once(socket.ws, 'open');
    socket.send({ type: 'hello', token });
    await socket.next('welcome');
    return socket;
  }

  send(frame: ClientFrame | string | Buffer): void {
    this.ws.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The next frame of a type, from where the last call stopped; others on the way are passed over. */
  async next<T extends ServerFrame['type']>(
    type: T,
    matches: (frame: FrameOf<T>) => boolean = () => true,
  ): Promise<FrameOf<T>> {
    for (;;) {
      while (this.#taken < this.frames.length) {
        const frame = this.frames[this.#taken++]!;
        if (frame.type === type && matches(frame as FrameOf<T>)) return frame as FrameOf<T>;
      }
      if (this.ws.readyState >= WebSocket.CLOSING)
        throw new Error(`The socket closed before a frame "${type}" came.`);
      await new Promise<void>((resolve) => this.#wakes.push(resolve));
    }
  }

  async subscribe(stream: StreamName, cursor?: Cursor): Promise<FrameOf<'subscribed'>> {
    this.send({ type: 'subscribe', stream, cursor });
    return this.next('subscribed', (frame) => frame.stream === stream);
  }

  /** Gives the lane's next command, and waits for what becomes of it. */
  async command(command: Command, outboxId = 'o1'): Promise<FrameOf<'ack'> | FrameOf<'reject'>> {
    const lane = `${outboxId}/${command.conversationId ?? 'user'}`;
    const n = (this.#n.get(lane) ?? 0) + 1;
    this.#n.set(lane, n);
    return this.numbered(n, command, outboxId);
  }

  async numbered(n: number, command: Command, outboxId = 'o1'): Promise<FrameOf<'ack'> | FrameOf<'reject'>> {
    this.send({ type: 'command', outboxId, n, command });
    const isReply = (frame: ServerFrame): frame is FrameOf<'ack'> | FrameOf<'reject'> =>
      (frame.type === 'ack' || frame.type === 'reject') && frame.n === n && frame.outboxId === outboxId;
    const from = this.frames.length;
    for (;;) {
      const reply = this.frames.slice(from).find(isReply);
      if (reply) return reply;
      if (this.ws.readyState >= WebSocket.CLOSING)
        throw new Error('The socket closed before the reply came.');
      await new Promise<void>((resolve) => this.#wakes.push(resolve));
    }
  }

  /** All events of a stream that have come so far. */
  events(stream: StreamName): FrameOf<'event'>['event'][] {
    return this.frames.flatMap((frame) =>
      frame.type === 'event' && frame.event.stream === stream ? [frame.event] : [],
    );
  }

  close(): void {
    this.ws.close();
  }
}
