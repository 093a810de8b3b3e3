import type { Clock } from '../clock.ts';
import { locksOf, type ClientEnvironment, type TabLocks } from '../environment.ts';

/** How long a tab may hold the lock while another one waits, in ms: it may be frozen. */
const stealAfterMs = 2_000;
/** The same for a tab from which it was stolen, which shows that another one is awake. */
const patienceMs = 20_000;

/** What a lock needs from those around it. */
interface LockHost {
  namespace: string;
  clock: Clock;
  environment: ClientEnvironment;
}

/**
 * Sees to it that one tab at a time drains the outbox they share. Nothing depends on it: a command keeps its number, so
 * two tabs that send it do no harm. It saves their work, and their server's.
 */
export class DrainLock {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #locks: TabLocks | undefined;
  readonly #granted: () => void;
  /** Takes back the request that waits, or lets go of the lock. */
  #end: (() => void) | undefined;
  #held = false;
  #waitMs = stealAfterMs;

  constructor({ namespace, clock, environment }: LockHost, granted: () => void) {
    this.#name = `${namespace}:drain`;
    this.#clock = clock;
    this.#locks = locksOf(environment);
    this.#granted = granted;
  }

  /** Whether another tab may drain and this one has to wait, for which it asks. Where there are no locks, every tab may. */
  mustWait(): boolean {
    if (this.#held || !this.#locks) return false;
    if (!this.#end) this.#ask(this.#locks, false);
    return true;
  }

  release(): void {
    this.#end?.();
    this.#end = undefined;
    this.#held = false;
  }

  #ask(locks: TabLocks, steal: boolean): void {
    const abort = new AbortController();
    const { signal } = abort;
    const done = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const cancel = steal
      ? undefined
      : this.#clock.after(this.#waitMs, () => (this.release(), this.#ask(locks, true)));
    this.#end = () => {
      cancel?.();
      abort.abort();
    };
    locks
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
