import type { Clock } from '../clock.ts';

/** How often "still typing" is said, in ms; others forget it after about twice that. */
const everyMs = 3_000;

/** Throttles what is said about typing. */
export class TypingSender {
  readonly #clock: Clock;
  readonly #say: (active: boolean) => void;
  #saidAt = -Infinity;

  constructor(clock: Clock, say: (active: boolean) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  say(active: boolean): void {
    const now = this.#clock.now();
    if (active ? now - this.#saidAt < everyMs : this.#saidAt === -Infinity) return;
    this.#saidAt = active ? now : -Infinity;
    this.#say(active);
  }

  /** The message itself says that nobody types it any more. */
  sent(): void {
    this.#saidAt = -Infinity;
  }
}
