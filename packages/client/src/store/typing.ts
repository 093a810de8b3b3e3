import type { Clock } from '../clock.ts';

const defaultExpiryMs = 6_000;

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

  heard(id: string, expiresInMs = defaultExpiryMs): void {
    const known = this.#cancels.get(id);
    known?.();
    this.#cancels.set(
      id,
      this.#clock.after(Math.min(expiresInMs, 60_000), () => this.stopped(id)),
    );
    if (!known) this.#changed();
  }

  stopped(id: string): void {
    const cancel = this.#cancels.get(id);
    if (!cancel) return;
    cancel();
    this.#cancels.delete(id);
    this.#changed();
  }

  clear(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}
