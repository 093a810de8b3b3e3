import type { Cursor, StreamName } from '@sahay/protocol';
import type { EncodedFrame } from '../hub/reader.ts';
import type { Line } from '../peer/line.ts';
import { CursorSet } from './cursor-set.ts';

/** Frames as an event stream. Durable events carry an id; all else does not, so that the last id is always safe. */
export class SseLine implements Line {
  readonly body: ReadableStream<Uint8Array>;
  readonly #cursors = new CursorSet();
  #out!: ReadableStreamDefaultController<Uint8Array>;
  #isOpen = true;

  readonly #hangUp: (() => void) | undefined;

  /**
   * @param onGone called when the reader has hung up
   * @param hangUp ends the connection under it, where there is access to it
   */
  constructor(onGone: () => void, hangUp?: () => void) {
    this.#hangUp = hangUp;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => void (this.#out = controller),
        cancel: () => {
          this.#isOpen = false;
          onGone();
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
    );
    this.#write('retry: 2000\n\n');
  }

  get bufferedBytes(): number {
    return -(this.#out.desiredSize ?? 0);
  }

  send({ frame, json }: EncodedFrame): void {
    const id = this.#cursors.sent(frame) ? `id: ${this.#cursors.toString()}\n` : '';
    this.#write(`${id}data: `, json, '\n\n');
  }

  beat(): void {
    this.#write(': still here\n\n');
  }

  close(code: number, reason: string): void {
    this.#write(`event: close\ndata: ${JSON.stringify({ code, reason })}\n\n`);
    if (this.#isOpen) this.#out.close();
    this.#isOpen = false;
  }

  cut(): void {
    this.#isOpen = false;
    if (this.#hangUp) this.#hangUp();
    else this.#out.error(new Error('The reader does not read.'));
  }

  follow(stream: StreamName, cursor: Cursor | undefined): void {
    this.#cursors.follow(stream, cursor);
  }

  unfollow(stream: StreamName): void {
    this.#cursors.unfollow(stream);
  }

  #write(...pieces: (string | Buffer)[]): void {
    if (!this.#isOpen) return;
    this.#out.enqueue(
      Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))),
    );
  }
}
