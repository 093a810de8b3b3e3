import type { TabLocks } from '@sahay/client/connector';
import { PageGoneError, type Gate } from './gate.ts';

interface Request {
  gate: Gate;
  granted: () => void;
  refused: (error: Error) => void;
  signal: AbortSignal | undefined;
}

/** One lock: who holds it, and who waits, first come, first served. */
interface Lock {
  holder: Request | undefined;
  waiting: Request[];
}

/**
 * The locks that a browser's tabs share: like Web Locks, a tab that dies lets go of all it holds and waits for, one that is
 * frozen keeps them until they are stolen.
 */
export class BrowserLocks {
  readonly #locks = new Map<string, Lock>();

  /** The locks as one page sees them. */
  openFor(gate: Gate): TabLocks {
    const request = (name: string, ...rest: unknown[]): Promise<unknown> => {
      const work = rest.at(-1) as (lock: object | null) => unknown;
      const options = rest.length > 1 ? rest[0]! : {};
      return gate.pass(this.#request(gate, name, options, work));
    };
    return { request: request, query: () => Promise.resolve(this.#held()) };
  }

  /** A page was killed. */
  forget(gate: Gate): void {
    for (const [name, lock] of this.#locks) {
      lock.waiting = lock.waiting.filter((one) => one.gate !== gate);
      if (lock.holder?.gate === gate) this.#release(name, lock.holder);
    }
  }

  async #request(
    gate: Gate,
    name: string,
    { signal, steal, ifAvailable }: LockOptions,
    work: (lock: object | null) => unknown,
  ): Promise<unknown> {
    const lock = this.#lock(name);
    if (ifAvailable && lock.holder) return work(null);
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => undefined);
    const request: Request = { gate, granted: () => undefined, refused: lost.reject, signal };
    const granted = new Promise<void>((resolve) => (request.granted = resolve));
    signal?.addEventListener('abort', () => this.#takeBack(name, request));
    if (steal) {
      lock.holder?.refused(new DOMException('The lock was stolen.', 'AbortError'));
      lock.holder = undefined;
      lock.waiting.unshift(request);
    } else lock.waiting.push(request);
    this.#grant(name, lock);
    await Promise.race([granted, lost.promise]);
    try {
      return await Promise.race([gate.pass(Promise.resolve()).then(() => work({ name })), lost.promise]);
    } finally {
      this.#release(name, request);
    }
  }

  #lock(name: string): Lock {
    const lock = this.#locks.get(name) ?? { holder: undefined, waiting: [] };
    this.#locks.set(name, lock);
    return lock;
  }

  #takeBack(name: string, request: Request): void {
    const lock = this.#lock(name);
    if (!lock.waiting.includes(request)) return;
    lock.waiting = lock.waiting.filter((one) => one !== request);
    request.refused(new DOMException('The request was taken back.', 'AbortError'));
  }

  #grant(name: string, lock: Lock): void {
    if (lock.holder) return;
    const next = lock.waiting.shift();
    if (!next) return void this.#locks.delete(name);
    lock.holder = next;
    next.granted();
  }

  #release(name: string, request: Request): void {
    const lock = this.#locks.get(name);
    if (lock?.holder !== request) return;
    lock.holder = undefined;
    if (request.gate.isDead) request.refused(new PageGoneError());
    this.#grant(name, lock);
  }

  #held(): LockManagerSnapshot {
    const held = [...this.#locks].flatMap(([name, { holder }]) => (holder ? { name } : []));
    return { held };
  }
}
