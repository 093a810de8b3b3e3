import type { ErrorCode, Problem } from '@sahay/protocol';

/** What a {@link SahayError} can carry beyond its code and message. */
export interface SahayErrorOptions {
  retryable?: boolean;
  /** Milliseconds to wait before trying again. */
  retryAfterMs?: number | undefined;
  problem?: Problem | undefined;
  cause?: unknown;
}

/**
 * The one error that promises of this package reject with: told apart by `code`, never by its message.
 *
 * @example
 * try { await conversation.upload(file, { name: 'invoice.pdf' }); }
 * catch (error) { if (error instanceof SahayError && error.code === 'attachment_too_large') … }
 */
export class SahayError extends Error {
  override readonly name = 'SahayError';
  /** What went wrong; see the catalogue of errors. */
  declare readonly code: ErrorCode;
  /** Whether trying the same again can help. */
  declare readonly retryable: boolean;
  /** Milliseconds to wait before trying again, when the backend said so. */
  declare readonly retryAfterMs: number | undefined;
  /** The backend's problem document, when there is one. */
  declare readonly problem: Problem | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    { retryable = false, retryAfterMs, problem, cause }: SahayErrorOptions = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
    this.problem = problem;
  }
}

/** The problem document for something that went wrong on this side of the wire. */
export function problemOf(error: unknown): Problem {
  const known = toSahayError(error);
  const { code, message, retryable, retryAfterMs } = known;
  return (
    known.problem ?? {
      type: `https://sahay.dev/problems/${code}`,
      title: message,
      status: 0,
      code,
      retryable,
      retryAfterMs,
    }
  );
}

/** What the backend said cannot be read. */
export function outOfLine(what: string, options?: SahayErrorOptions): SahayError {
  return new SahayError('invalid_frame', `The server's ${what} does not follow the protocol.`, options);
}

/** Wraps what is not ours yet, once, with its cause. */
export function toSahayError(error: unknown): SahayError {
  if (error instanceof SahayError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SahayError('internal', `Something unexpected happened: ${message}`, { cause: error });
}

/** Promises of this package reject with `SahayError`s only. */
export async function ours<T>(promise: Promise<T> | undefined): Promise<T> {
  try {
    return (await promise) as T;
  } catch (error) {
    throw toSahayError(error);
  }
}
