import type { ClientFrame, Command, Cursor, ServerFrame, StreamName } from '@sahay/protocol';
import { validateServerFrame } from '@sahay/protocol/validate-ajv';

export type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

/** A client that speaks the wire itself, and holds every frame it gets against the schema. */
export abstract class TestLine {
  readonly frames: ServerFrame[] = [];
  /** The close code and its reason, once the server has ended it. */
  abstract readonly closed: Promise<{ code: number; reason: string }>;
  #taken = 0;
  #wakes: (() => void)[] = [];
  #n = new Map<string, number>();

  abstract send(frame: ClientFrame): void;
  /** Lets go. */
  abstract close(): void;
  protected abstract readonly isClosed: boolean;

  protected wake(): void {
    for (const wake of this.#wakes.splice(0)) wake();
  }

  protected heard(frame: unknown): void {
    const verdict = validateServerFrame(frame);
    if (!verdict.valid)
      throw new Error(`The server sent an invalid frame (${verdict.error}): ${JSON.stringify(frame)}`);
    this.frames.push(verdict.value);
    this.wake();
  }

  async #more(missing: string): Promise<void> {
    if (this.isClosed) throw new Error(`The connection closed before ${missing} came.`);
    await new Promise<void>((resolve) => this.#wakes.push(resolve));
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
      await this.#more(`a frame "${type}"`);
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
    const from = this.frames.length;
    this.send({ type: 'command', outboxId, n, command });
    const isReply = (frame: ServerFrame): frame is FrameOf<'ack'> | FrameOf<'reject'> =>
      (frame.type === 'ack' || frame.type === 'reject') && frame.n === n && frame.outboxId === outboxId;
    for (;;) {
      const reply = this.frames.slice(from).find(isReply);
      if (reply) return reply;
      await this.#more('the reply');
    }
  }

  /** All events of a stream that have come so far. */
  events(stream: StreamName): FrameOf<'event'>['event'][] {
    return this.frames.flatMap((frame) =>
      frame.type === 'event' && frame.event.stream === stream ? [frame.event] : [],
    );
  }
}
