import type { Clock } from '../clock.ts';

/** How long a tab may hold the lock while another one waits, in ms: it may be frozen. */
const stealAfterMs = 2_000;
/** The same for a tab from which it was stolen, which shows that another one is awake. */
const patienceMs = 20_000;

/**
 * Sees to it that one tab at a time drains the outbox they share. Nothing depends on it: a command keeps its number, so
 * two tabs that send it do no harm. It saves their work, and their server's.
 */
export class DrainLock {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #granted: () => void;
  /** Takes back the request that waits, or lets go of the lock. */
  #end: (() => void) | undefined;
  #held = false;
  #waitMs = stealAfterMs;

  constructor(name: string, clock: Clock, granted: () => void) {
    this.#name = name;
    this.#clock = clock;
    this.#granted = granted;
  }

  /** Whether this tab may drain. Where there are no locks, every tab may. */
  get held(): boolean {
    return this.#held || !globalThis.navigator?.locks;
  }

  /** Asks for the lock, unless that was done. */
  want(): void {
    if (!this.#end) this.#ask(false);
  }

  release(): void {
    this.#end?.();
    this.#end = undefined;
    this.#held = false;
  }

  #ask(steal: boolean): void {
    const abort = new AbortController();
    const { signal } = abort;
    const done = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const cancel = steal
      ? undefined
      : this.#clock.after(this.#waitMs, () => (this.release(), this.#ask(true)));
    this.#end = () => {
      cancel?.();
      abort.abort();
    };
    navigator.locks
      .request(this.#name, steal ? { steal } : { signal }, () => {
        if (signal.aborted) return undefined;
        cancel?.();
        this.#held = true;
        this.#waitMs = stealAfterMs;
        this.#granted();
        return done;
      })
      .catch(() => {
        // Taken back by us, or stolen from us.
        if (signal.aborted) return;
        this.release();
        this.#waitMs = patienceMs;
      });
  }
}
