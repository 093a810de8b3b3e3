import { piecesNow, type Pace } from './pace.ts';
import type { StreamingMessage } from './streaming-message.ts';

/** Why the bot stops in the middle: somebody else has control, or the message was stopped. */
export class NotOurTurn extends Error {
  override readonly name = 'NotOurTurn';
}

/**
 * Collects the pieces of a text and sends them at a pace: those that come slowly (from an LLM) as they come, those that
 * lie ready within the time for a whole answer.
 */
export class PiecesInTime {
  readonly #streaming: StreamingMessage;
  readonly #pace: Pace;
  readonly #signal: AbortSignal;
  #waiting: string[] = [];
  #beganAt: number | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(streaming: StreamingMessage, pace: Pace, signal: AbortSignal) {
    this.#streaming = streaming;
    this.#pace = pace;
    this.#signal = signal;
  }

  async push(text: string): Promise<void> {
    this.#waiting.push(text);
    const now = this.#pace.now();
    this.#beganAt ??= now;
    if (now - this.#sentAt >= this.#pace.tickMs) await this.#send();
  }

  async restart(): Promise<void> {
    this.#waiting = [];
    await this.#streaming.restart();
  }

  async finish(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#send();
      if (this.#waiting.length > 0) await this.#pace.sleep(this.#pace.tickMs, this.#signal);
    }
  }

  async #send(): Promise<void> {
    this.#signal.throwIfAborted();
    this.#sentAt = this.#pace.now();
    const count = piecesNow(this.#waiting.length, this.#sentAt - (this.#beganAt ?? this.#sentAt), this.#pace);
    await this.#streaming.append(this.#waiting.splice(0, count).join(''));
    if (this.#streaming.isOver) throw new NotOurTurn();
  }
}
