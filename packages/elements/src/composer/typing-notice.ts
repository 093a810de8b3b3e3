/** How often typing is said again while it goes on, and after which silence it has stopped, in milliseconds. */
const again = 3000;
const silence = 4000;

/** Turns key strokes into the few notices others need: typing (again every 3 s), and stopped (after 4 s, or at once). */
export class TypingNotice {
  readonly #tell: (active: boolean) => void;
  #told: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (active: boolean) => void) {
    this.#tell = tell;
  }

  /** A key was struck. */
  type(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), silence);
    const now = performance.now();
    if (this.#told !== undefined && now - this.#told < again) return;
    this.#told = now;
    this.#tell(true);
  }

  /** Typing has ended; says so if it had been said to go on. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.#told === undefined) return;
    this.#told = undefined;
    this.#tell(false);
  }
}
