import type { ServerFrame } from '@sahay/protocol';
import { Finding, shown } from '../finding.ts';

/** The frames of one kind. */
export type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

/** Looks for something in what has come so far; `undefined` while it is not there. */
export type Search<T> = (frames: readonly ServerFrame[]) => T | undefined;

/** Everything that came over a line, in order, and waiting for what has not come yet. */
export class FrameLog {
  readonly frames: ServerFrame[] = [];
  readonly #patienceMs: number;
  #wakes: (() => void)[] = [];
  #end: string | undefined;

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  add(frame: ServerFrame): void {
    this.frames.push(frame);
    this.#wake();
  }

  /** Nothing more will come. */
  finish(why: string): void {
    this.#end ??= why;
    this.#wake();
  }

  get isFinished(): boolean {
    return this.#end !== undefined;
  }

  #wake(): void {
    for (const wake of this.#wakes.splice(0)) wake();
  }

  /**
   * Waits until a search finds something.
   *
   * @param expected what is waited for, for the report
   * @throws Finding when it does not come in time
   */
  async find<T>(expected: string, search: Search<T>, withinMs = this.#patienceMs): Promise<T> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const found = search(this.frames);
      if (found !== undefined) return found;
      if (this.#end !== undefined) throw new Finding(expected, `${this.#end}; before that ${this.#latest()}`);
      const left = deadline - Date.now();
      if (left <= 0) throw new Finding(`${expected} within ${withinMs} ms`, `only ${this.#latest()}`);
      await this.#changed(left);
    }
  }

  #changed(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#wakes.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #latest(): string {
    const latest = this.frames.slice(-3);
    return latest.length > 0 ? latest.map((frame) => shown(frame)).join(', ') : 'nothing';
  }
}
