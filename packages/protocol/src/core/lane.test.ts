import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { admit, canonical, type Lane } from './lane.ts';

const laneAt = (lastDone: number, done: Record<number, string> = {}): Lane<string> => ({
  lastDone,
  recent: (n) => (done[n] === undefined ? undefined : { digest: done[n], result: `result ${n}` }),
});

test('the next number runs', () => {
  assert.deepEqual(admit(laneAt(0), 1, 'a'), { kind: 'run' });
  assert.deepEqual(admit(laneAt(41), 42, 'a'), { kind: 'run' });
});

test('a number done with the same body gets its original result', () => {
  assert.deepEqual(admit(laneAt(3, { 2: 'a' }), 2, 'a'), { kind: 'replay', result: 'result 2' });
});

test('a number done with another body is a mismatch, and one no longer remembered is forgotten', () => {
  assert.deepEqual(admit(laneAt(3, { 2: 'a' }), 2, 'b'), { kind: 'mismatch' });
  assert.deepEqual(admit(laneAt(3, { 2: 'a' }), 1, 'a'), { kind: 'forgotten' });
});

test('a hole names the number that is missing', () => {
  assert.deepEqual(admit(laneAt(3), 5, 'a'), { kind: 'hole', expected: 4 });
  assert.deepEqual(admit(laneAt(0), Number.MAX_SAFE_INTEGER, 'a'), { kind: 'hole', expected: 1 });
});

test('no number that is none ever runs', () => {
  for (const n of [0, -1, NaN, 0.5]) assert.notEqual(admit(laneAt(0), n, 'a').kind, 'run', `n = ${n}`);
});

/** The same value with its keys the other way round, at every depth. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, reversed(field)]),
  );
}

test('equal bodies have equal canonical forms whatever the order of their keys, and others do not', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (a, b) => {
      assert.equal(canonical(reversed(a)), canonical(a));
      assert.deepEqual(JSON.parse(canonical(a)), JSON.parse(JSON.stringify(a)));
      assert.equal(canonical(a) === canonical(b), isSame(a, b));
    }),
    { seed: 1, numRuns: 500 },
  );
});

function isSame(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
    return true;
  } catch (error) {
    if (error instanceof assert.AssertionError) return false;
    throw error;
  }
}

test('a field that is undefined is a field that is not there, as in JSON', () => {
  assert.equal(canonical({ a: undefined, b: [undefined] }), canonical({ b: [null] }));
});

test('`__proto__` is a key like any other', () => {
  const hostile: unknown = JSON.parse('{"__proto__":{"role":"agent"},"a":1}');
  assert.equal(canonical(hostile), '{"__proto__":{"role":"agent"},"a":1}');
});

test('no nesting exhausts the stack', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  assert.ok(canonical(deep).length < 1000);
});
