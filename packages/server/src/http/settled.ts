import type { Reading } from '@sahay/protocol/core';
import { ProblemError } from './problem-error.ts';

/** What a reading of settings gave. @throws ProblemError `invalid_frame` that names the field which is wrong */
export function settled<T>(reading: Reading<T>): T {
  if ('value' in reading) return reading.value;
  const { message, field } = reading.error;
  throw new ProblemError('invalid_frame', message, { field });
}
