import { makeProblem, type ErrorCode, type Problem, type ProblemExtras } from '@sahay/protocol';

/** A refusal on its way to whoever asked, thrown where answering by a return value would clutter every caller. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  /** @param detail what happened, why, and what to do; it leaves the server, so it holds no secret */
  constructor(code: ErrorCode, detail?: string, extras?: ProblemExtras) {
    super(`${code}: ${detail ?? ''}`);
    this.problem = makeProblem(code, detail, extras);
  }
}
