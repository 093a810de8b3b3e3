import type { Clock } from '../clock.ts';

/** Who is typing; each says so again every few seconds, or is forgotten. */
export class Typing {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #cancels = new Map<string, () => void>();

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get ids(): string[] {
    return [...this.#cancels.keys()];
  }

  /** @param expiresInMs how long it holds; 0 when it is over. */
  heard(id: string, expiresInMs: number): void {
    const known = this.#cancels.get(id);
    known?.();
    if (expiresInMs > 0)
      this.#cancels.set(
        id,
        this.#clock.after(Math.min(expiresInMs, 60_000), () => this.heard(id, 0)),
      );
    else this.#cancels.delete(id);
    if (Boolean(known) !== expiresInMs > 0) this.#changed();
  }

  clear(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}
