import type { ErrorCode, Problem } from '@sahay/protocol';
import { ConfigError } from '../../config/config-error.ts';
import { ProblemError } from '../../http/problem-error.ts';

/** Why a task failed, in a form that crosses threads. */
export interface TaskFailure {
  name: string;
  message: string;
  problem?: Problem | undefined;
}

/** Takes an error apart, on the side where it was thrown. */
export function failureOf(error: unknown): TaskFailure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message, ...(error instanceof ProblemError && { problem: error.problem }) };
}

/** Puts it together again, on the side that waits. */
export function errorOf({ name, message, problem }: TaskFailure): Error {
  if (problem) {
    const { code, detail, ...extras } = problem;
    return new ProblemError(code as ErrorCode, detail, extras);
  }
  return name === 'ConfigError' ? new ConfigError(message) : new Error(message);
}
