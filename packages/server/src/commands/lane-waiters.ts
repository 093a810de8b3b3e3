import type { Reply } from '../storage/store.ts';

type Done = { reply: Reply };

/** More commands than this never wait at once, whoever sent them. */
const mostWaiting = 1_000;

/**
 * Commands that overtook another of their lane on parallel requests: they wait for it a moment instead of being sent
 * again.
 */
export class LaneWaiters {
  readonly #wakes = new Map<string, Set<() => void>>();
  #size = 0;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** Runs a command; again each time its lane moves on, while a number before its own is missing and there is time. */
  async runInTurn(lane: string, patienceMs: number, run: () => Promise<Done>): Promise<Done> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      // Listening begins before the lane is looked at: the missing command can pass in between.
      const turn = this.#listen(lane);
      try {
        const done = this.passed(lane, await run());
        const leftMs = deadline - performance.now();
        if (!isHole(done) || !turn || leftMs <= 0) return done;
        await turn.moved(leftMs);
      } finally {
        turn?.stop();
      }
    }
  }

  /** The lane has moved on, unless the command found a hole. */
  passed(lane: string, done: Done): Done {
    if (!isHole(done)) for (const wake of this.#wakes.get(lane) ?? []) wake();
    return done;
  }

  #listen(lane: string): { moved: (withinMs: number) => Promise<void>; stop: () => void } | undefined {
    if (this.#size >= mostWaiting) return undefined;
    let resolve = (): void => undefined;
    const promise = new Promise<void>((wake) => (resolve = wake));
    const wakes = this.#wakes.get(lane) ?? new Set();
    this.#wakes.set(lane, wakes.add(resolve));
    this.#size++;
    return {
      moved: (withinMs) => {
        const timer = setTimeout(resolve, withinMs).unref();
        return promise.finally(() => clearTimeout(timer));
      },
      stop: () => {
        this.#size--;
        wakes.delete(resolve);
        if (wakes.size === 0 && this.#wakes.get(lane) === wakes) this.#wakes.delete(lane);
      },
    };
  }
}

const isHole = ({ reply }: Done): boolean => reply.type === 'reject' && reply.problem.code === 'out_of_order';
