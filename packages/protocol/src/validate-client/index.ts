/**
 * What a server checks of what clients send, compiled ahead of time: the verdicts and words of `@sahay/protocol/validate-ajv`,
 * without Ajv and the tenth of a second that compiling takes.
 */
import type { ErrorObject } from 'ajv';
import { isClientFrame, isCursor, isPollRequest } from '../generated/client-validators.ts';
import type { ClientFrame, Cursor, PollRequest } from '../generated/types.ts';
import type { Verdict } from '../validate/index.ts';
import { explain } from '../validate-ajv/explain.ts';

type Compiled = ((value: unknown) => boolean) & { errors?: ErrorObject[] | null };

function verdicts<T>(compiled: unknown): (value: unknown) => Verdict<T> {
  const isValid = compiled as Compiled;
  return (value) =>
    isValid(value)
      ? { valid: true, value: value as T }
      : { valid: false, error: explain(isValid.errors ?? []) };
}

/** Checks a frame that came from a client. */
export const validateClientFrame = verdicts<ClientFrame>(isClientFrame);
/** Checks the body of a poll. */
export const validatePollRequest = verdicts<PollRequest>(isPollRequest);
/** Checks a place in a stream. */
export const validateCursor = verdicts<Cursor>(isCursor);
export { readClientFrame, type NumberedCommand, type ReadFrame } from '../validate/read-client-frame.ts';
