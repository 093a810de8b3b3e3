/** A clock that runs, and can be moved forward. */
export class VirtualClock {
  #offset = 0;
  readonly #listeners = new Set<() => void>();

  now(): number {
    return Date.now() + this.#offset;
  }

  advance(ms: number): void {
    this.#offset += ms;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Hears of each jump. Returns the unsubscribe. */
  onJump(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
