import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProblem, problemKinds, type ErrorCode } from './index.ts';
import { schema } from './schema/index.ts';
import { validatorOf } from './validate-ajv/index.ts';

const isProblem = validatorOf('Problem');

test('every error code of the schema has a kind, and every kind a code', () => {
  assert.deepEqual(Object.keys(problemKinds).sort(), [...schema.definitions.ErrorCode.enum].sort());
});

test('every problem is one by the schema', () => {
  for (const code of Object.keys(problemKinds) as ErrorCode[]) {
    const verdict = isProblem(makeProblem(code, 'What happened, and what to do.', { retryAfterMs: 10 }));
    assert.ok(verdict.valid, code);
  }
});

test('a problem says whether trying again can help, and what is particular to it', () => {
  const limited = makeProblem('rate_limited', 'More than 20 messages in 10 s. Wait a moment.', {
    retryAfterMs: 2000,
  });
  assert.deepEqual(
    [limited.status, limited.retryable, limited.retryAfterMs, limited.type],
    [429, true, 2000, 'https://sahay.dev/problems/rate_limited'],
  );
  assert.equal(makeProblem('message_empty').retryable, false);
  assert.equal('detail' in makeProblem('message_empty'), false);
});
