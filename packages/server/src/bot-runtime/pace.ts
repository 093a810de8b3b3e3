/** How fast an answer appears. */
export interface Pace {
  /** Between two pieces, in ms. */
  tickMs: number;
  /** The longest a whole text that lies ready may take, in ms. */
  longestMs: number;
  /** Between two durable copies, in ms. */
  checkpointMs: number;
  /** Resolves after so many ms, or at once when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Does something again after every so many ms, until what it returns is called. */
  every: (ms: number, work: () => void) => () => void;
  /** Milliseconds on a clock that only goes forward. */
  now: () => number;
}

/** Pieces every 45 ms, a whole answer in at most 2.5 s, a durable copy each second. */
export const gentlePace: Pace = {
  tickMs: 45,
  longestMs: 2500,
  checkpointMs: 1000,
  now: () => performance.now(),
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    }),
};

/**
 * How many of the pieces that lie ready to send now, so that all are out in time: one by one where there is time, more at
 * once where there are many, all where time is up.
 */
export function piecesNow(
  waiting: number,
  elapsedMs: number,
  { tickMs, longestMs }: Pick<Pace, 'tickMs' | 'longestMs'>,
): number {
  const ticksLeft = Math.floor((longestMs - elapsedMs) / tickMs);
  return ticksLeft <= 0 ? waiting : Math.ceil(waiting / ticksLeft);
}
