import type { Problem } from '@sahay/protocol';
import { ProblemError } from '../http/problem-error.ts';
import type { RateLimiter } from '../http/rate-limiter.ts';

/** Takes a token of a key's bucket; the problem when there is none. */
export function limitOf(limiter: RateLimiter, key: string): Problem | undefined {
  try {
    limiter.take(key);
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}
