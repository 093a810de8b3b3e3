import { makeProblem, type Problem } from '@sahay/protocol';
import type { Logger } from 'pino';
import type { HttpContext } from './http-env.ts';
import { StorageFailedError } from '../storage/storage-failed-error.ts';
import { ProblemError } from './problem-error.ts';

/** A problem document as a response. */
export function problemResponse(c: HttpContext, problem: Problem): Response {
  c.header('Content-Type', 'application/problem+json');
  c.header('Cache-Control', 'no-store');
  if (problem.retryAfterMs !== undefined)
    c.header('Retry-After', String(Math.ceil(problem.retryAfterMs / 1000)));
  if (problem.status === 401) c.header('WWW-Authenticate', 'Bearer');
  return c.body(JSON.stringify(problem), problem.status as 400);
}

/** Turns whatever was thrown into a problem; what nobody foresaw is logged whole and answered without details. */
export function problemOf(error: unknown, logger: Logger): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof StorageFailedError)
    return makeProblem(
      'storage_failed',
      'The server cannot store anything and is about to restart. Try again in a moment.',
    );
  logger.error({ err: error }, 'A request failed unexpectedly.');
  return makeProblem(
    'internal',
    'The server could not do this. Try again; if it goes on, ask whoever runs it to look into the log.',
  );
}
