import type { ErrorCode, Problem } from '@sahay/protocol';
import { SahayError } from './sahay-error.ts';

/** The error that a problem document stands for. */
export function errorOf(problem: Problem, cause?: unknown): SahayError {
  const { code, detail, title, retryable, retryAfterMs } = problem;
  return new SahayError(code as ErrorCode, detail ?? title, { retryable, retryAfterMs, problem, cause });
}
