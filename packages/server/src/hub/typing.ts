const longestMs = 10_000;
const usualMs = 6_000;

/** Who is typing where. Each report ends by itself, so that a lost "stopped" is never shown for long. */
export class Typing {
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /**
   * Takes a report and returns the ms after which it ends.
   *
   * @param onEnd called when nothing renewed it in time
   */
  report(key: string, active: boolean, expiresInMs: number | undefined, onEnd: () => void): number {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    const ms = Math.min(Math.max(expiresInMs ?? usualMs, 1_000), longestMs);
    if (active) {
      const timer = setTimeout(() => {
        this.#timers.delete(key);
        onEnd();
      }, ms);
      this.#timers.set(key, timer.unref());
    }
    return ms;
  }

  /** Forgets all reports without another word. */
  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
