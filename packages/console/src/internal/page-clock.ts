import type { Clock } from '@sahay/client';

/** The clock of the page; elements take another one in tests. */
export const pageClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
