import { makeProblem, type ErrorCode, type Problem, type ProblemExtras } from '@sahay/protocol';

/** An error that a client may see: it carries a problem document. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(code: ErrorCode, detail?: string, extras?: ProblemExtras) {
    super(detail ?? code);
    this.name = 'ProblemError';
    this.problem = makeProblem(code, detail, extras);
  }
}

/** A configuration that cannot work; its message says in one sentence what to change. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Storage has failed and nothing more is acknowledged; the process should end and be started again. */
export class StorageFailedError extends Error {
  override name = 'StorageFailedError';
}
