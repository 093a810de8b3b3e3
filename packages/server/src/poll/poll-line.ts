import { makeProblem, type CloseNotice, type Problem } from '@sahay/protocol';
import type { EncodedFrame } from '../hub/reader.ts';
import type { Line } from '../peer/line.ts';

/** Bytes of frames in one answer, unless the first alone has more. */
const mostBytes = 1_048_576;

/** What a poll is answered with. */
export interface Polled {
  cursor: number;
  frames: Buffer[];
  close?: CloseNotice | undefined;
}

/** Frames that wait to be asked for. Each is kept until a later poll says that it was received. */
export class PollLine implements Line {
  #kept: Buffer[] = [];
  #keptBytes = 0;
  /** The number of the last frame that was received for certain; those kept follow on it. */
  #received = 0;
  #close: CloseNotice | undefined;
  #wake: (() => void) | undefined;
  readonly #onGone: () => void;
  #going: NodeJS.Timeout | undefined;

  readonly #graceMs: number;

  /**
   * @param onGone called when the reader has hung up while it waited, and has not asked again
   * @param graceMs how long it may take to ask again
   */
  constructor(onGone: () => void, graceMs: number) {
    this.#graceMs = graceMs;
    this.#onGone = onGone;
  }

  get bufferedBytes(): number {
    return this.#keptBytes;
  }

  send({ json }: EncodedFrame): void {
    this.#kept.push(json);
    this.#keptBytes += json.length;
    this.#wake?.();
  }

  /** An answer to the poll that waits shows it; between polls there is nobody to show it to. */
  beat(): void {}

  close(code: number, reason: string): void {
    clearTimeout(this.#going);
    this.#close = { code, reason };
    this.#wake?.();
  }

  cut(): void {
    clearTimeout(this.#going);
    this.#kept = [];
    this.#keptBytes = 0;
    this.#wake?.();
  }

  /**
   * Waits for frames after a cursor. A poll that still waits is answered as it is: there is one at a time.
   *
   * @param cursor the number of the last frame that was received
   * @returns a problem when the cursor is none of this line
   */
  async poll(cursor: number, waitMs: number, signal: AbortSignal): Promise<Polled | Problem> {
    const received = cursor - this.#received;
    if (received < 0 || received > this.#kept.length)
      return makeProblem(
        'cursor_invalid',
        'This connection has not sent that many frames, or has forgotten them. Open another connection.',
      );
    clearTimeout(this.#going);
    this.#received = cursor;
    for (const frame of this.#kept.splice(0, received)) this.#keptBytes -= frame.length;
    this.#wake?.();
    if (this.#kept.length === 0 && !this.#close && waitMs > 0) await this.#somethingOr(waitMs, signal);
    if (signal.aborted && !this.#wake) this.#going = setTimeout(this.#onGone, this.#graceMs).unref();
    return this.#answerAfter(cursor);
  }

  #somethingOr(waitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        if (this.#wake !== wake) return;
        this.#wake = undefined;
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        // What is said in the same breath goes out together.
        setImmediate(resolve);
      };
      const timer = setTimeout(wake, waitMs).unref();
      this.#wake = wake;
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }

  #answerAfter(cursor: number): Polled {
    const frames: Buffer[] = [];
    // Another poll may have moved on meanwhile; this one's reader has gone then.
    if (cursor !== this.#received) return { cursor, frames };
    let bytes = 0;
    for (const frame of this.#kept) {
      bytes += frame.length;
      if (frames.length > 0 && bytes > mostBytes) break;
      frames.push(frame);
    }
    const isLast = frames.length === this.#kept.length;
    return { cursor: cursor + frames.length, frames, ...(isLast && this.#close && { close: this.#close }) };
  }
}
