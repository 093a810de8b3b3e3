import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtures } from '../fixtures/index.ts';
import { validatorOf } from '../validate-ajv/index.ts';
import type { Verdict } from '../validate/index.ts';
import { validateClientFrame, validateCursor, validatePollRequest } from './index.ts';

const compiled: Record<string, (value: unknown) => Verdict<unknown>> = {
  ClientFrame: validateClientFrame,
  PollRequest: validatePollRequest,
  Cursor: validateCursor,
};

/** The fixtures, whole and with each field in turn missing or of another kind; all as a client could send them. */
const sent = fixtures.flatMap(({ definition, value }) => {
  const whole: unknown = definition === 'Command' ? asFrame(value) : value;
  if (typeof whole !== 'object' || whole === null) return [whole];
  const keys = Object.keys(whole);
  return [
    whole,
    ...keys.flatMap((key) => [
      { ...whole, [key]: undefined },
      { ...whole, [key]: [key] },
    ]),
  ];
});

function asFrame(command: unknown): object {
  return { type: 'command', outboxId: 'o1', n: 1, command };
}

for (const [definition, validate] of Object.entries(compiled))
  test(`what was compiled ahead says of a ${definition} what Ajv says, in its words`, () => {
    const byAjv = validatorOf(definition);
    const seen = { valid: 0, invalid: 0 };
    for (const value of sent) {
      const verdict = validate(value);
      assert.deepEqual(verdict, byAjv(value));
      seen[verdict.valid ? 'valid' : 'invalid']++;
    }
    assert.ok(seen.valid > 0 && seen.invalid > 10, JSON.stringify(seen));
  });
