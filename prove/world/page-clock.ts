import type { Clock } from '@sahay/client';
import type { Gate } from './gate.ts';

/**
 * A page's clock. Its time runs faster than ours, so that heartbeats and pauses of half a minute fit into a short run, and
 * it can jump, as clocks do when somebody sets them.
 */
export class PageClock implements Clock {
  readonly #gate: Gate;
  readonly #speed: number;
  readonly #start = Date.now();
  readonly #timers = new Set<NodeJS.Timeout>();
  #offsetMs: number;

  constructor(gate: Gate, speed: number, offsetMs: number) {
    this.#gate = gate;
    this.#speed = speed;
    this.#offsetMs = offsetMs;
  }

  now(): number {
    return this.#start + (Date.now() - this.#start) * this.#speed + this.#offsetMs;
  }

  jump(ms: number): void {
    this.#offsetMs += ms;
  }

  after(ms: number, work: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#gate.run(() => {
        if (!cancelled) work();
      });
    }, ms / this.#speed);
    let cancelled = false;
    this.#timers.add(timer);
    return () => {
      cancelled = true;
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  /** How many timers wait: none, once a client was destroyed. */
  get pending(): number {
    return this.#timers.size;
  }

  kill(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
