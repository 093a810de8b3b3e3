const baseMs = 500;
const capMs = 30_000;

/**
 * Milliseconds to wait before the next try: full jitter over a window that doubles from 0.5 s to 30 s (after
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). A `Retry-After` is a floor under it.
 *
 * @param attempt how many tries failed before, from 0.
 */
export function backoff(attempt: number, random: () => number, retryAfterMs = 0): number {
  return retryAfterMs + Math.round(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 10)));
}
