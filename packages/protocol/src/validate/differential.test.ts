// The browser's validators and Ajv hold the same schema: whatever comes, they must agree.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fixtures, type Fixture } from '../fixtures/index.ts';
import { schema } from '../generated/schema.ts';
import * as generated from '../generated/shapes.ts';
import { validatorOf } from '../validate-ajv/index.ts';
import { follows, type Guarded } from './guard.ts';
import type { Shape } from './shape.ts';

const shapes: Record<string, Shape> = { ...generated };

function bySmall(definition: string, value: unknown): string | undefined {
  const shape = shapes[definition];
  assert.ok(shape, `There is no shape for ${definition}.`);
  return shape(value, '');
}

function byAjv(definition: string, value: unknown): string | undefined {
  const verdict = validatorOf(definition)(value);
  return verdict.valid ? undefined : verdict.error;
}

/** What carries each definition to a client, whole. */
const carriers: Record<string, (value: unknown) => [keyof Guarded, unknown]> = {
  ServerFrame: (frame) => ['ServerFrame', frame],
  WelcomeFrame: (frame) => ['ServerFrame', frame],
  SubscribedFrame: (frame) => ['ServerFrame', frame],
  AckFrame: (frame) => ['ServerFrame', frame],
  RejectFrame: (frame) => ['ServerFrame', frame],
  ProblemFrame: (frame) => ['ServerFrame', frame],
  LogEvent: (event) => ['ServerFrame', { type: 'event', event }],
  Signal: (signal) => ['ServerFrame', { type: 'signal', signal }],
  Snapshot: (snapshot) => [
    'ServerFrame',
    { type: 'subscribed', stream: 'user:u', epoch: 'e', headSeq: 0, recovered: false, snapshot },
  ],
  Message: (message) => ['MessagePage', { messages: [message] }],
  MessagePage: (page) => ['MessagePage', page],
  Discovery: (document) => ['Discovery', document],
  Welcome: (welcome) => ['Welcome', welcome],
  Session: (session) => ['Session', session],
};

/** The guard asks for less: whatever is right has to pass it. */
function assertPassesGuard(definition: string, value: unknown): void {
  const carrier = carriers[definition]?.(value);
  if (carrier)
    assert.ok(follows(...carrier), `the guard refuses a right ${definition}: ${JSON.stringify(value)}`);
}

test('every fixture has a name of its own and is JSON data', () => {
  const names = fixtures.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
  for (const { value, name } of fixtures)
    assert.deepEqual(JSON.parse(JSON.stringify(value)), value, `${name} is not JSON data`);
});

test('every definition of the schema has a right and a wrong fixture', () => {
  const envelopes = ['EventEnvelope', 'CommandEnvelope', 'SignalEnvelope'];
  const missing = Object.keys(schema.definitions)
    .filter((name) => !name.includes(':') && !envelopes.includes(name))
    .flatMap((name) => [true, false].map((valid) => ({ name, valid })))
    .filter(({ name, valid }) => !fixtures.some((f) => f.definition === name && f.valid === valid));
  assert.deepEqual(missing, []);
});

for (const [validator, check] of [
  ['the small validators', bySmall],
  ['Ajv', byAjv],
] as const)
  test(`${validator} give every fixture its verdict`, () => {
    const wrong = fixtures
      .map((fixture) => ({ ...fixture, error: check(fixture.definition, fixture.value) }))
      .filter(({ valid, error }) => valid !== (error === undefined))
      .map(
        ({ name, valid, error }) =>
          `${name}: should be ${valid ? 'valid' : 'invalid'}; ${error ?? 'no error'}`,
      );
    assert.deepEqual(wrong, []);
  });

test('Ajv refuses a schema with a keyword it does not know, so no rule is silently ignored', async () => {
  const { Ajv } = await import('ajv');
  const strict = new Ajv({ strict: true });
  assert.throws(() => strict.compile({ type: 'object', requierd: ['id'] }), /unknown keyword/);
});

/** Where a value can be changed: the path to every field and item in it. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.keys(value).flatMap((key) => pathsOf((value as never)[key], [...path, key]))];
}

/** What stands under each key somewhere in the fixtures: swapping those often gives something valid. */
const valuesAt = new Map<string, unknown[]>();
for (const { value } of fixtures)
  for (const path of pathsOf(value)) {
    const key = path.at(-1) ?? '';
    const found = path.reduce<unknown>((held, step) => (held as never)[step], value);
    valuesAt.set(key, [...(valuesAt.get(key) ?? []), found]);
  }

type Change =
  | { kind: 'drop' }
  | { kind: 'swap'; pick: number }
  | { kind: 'put'; value: unknown }
  | { kind: 'add'; key: string; value: unknown };

/** A copy with one place changed. Own properties are defined, so that `__proto__` is a key like any other. */
function changed(value: unknown, [key, ...rest]: string[], change: Change): unknown {
  if (key === undefined) return here(value, change);
  if (rest.length === 0 && change.kind === 'swap') {
    const candidates = valuesAt.get(key) ?? [null];
    return changed(value, [key], { kind: 'put', value: candidates[change.pick % candidates.length] });
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const next =
    rest.length === 0 && change.kind === 'drop'
      ? entries.filter(([name]) => name !== key)
      : entries.map(([name, field]) => [name, name === key ? changed(field, rest, change) : field] as const);
  return Array.isArray(value) ? next.map(([, item]) => item) : Object.fromEntries(next);
}

function here(value: unknown, change: Change): unknown {
  if (change.kind === 'drop' || change.kind === 'swap') return value;
  if (change.kind === 'put') return change.value;
  if (Array.isArray(value)) return [...(value as unknown[]), change.value];
  if (typeof value !== 'object' || value === null) return { [change.key]: change.value };
  return Object.fromEntries([...Object.entries(value), [change.key, change.value]]);
}

const oddities: readonly unknown[] = [
  null, true, false, 0, 1, -1, 1.5, 2 ** 53, -0, 1e308, 1e999, '', ' ', '0', 'x', 'NaN', '\n', '\ud800', '\u0000',
  '__proto__', 'constructor', 'toString', 'text', 'notice', 'message.created', 'open', '🙂'.repeat(17), 'a'.repeat(129),
  '2026-03-01T09:30:00Z', [], [null], [[]], {}, { type: 'text' }, { length: 1 }, JSON.parse('{"__proto__":{"id":"x"}}'),
]; // prettier-ignore
const pieces = [...valuesAt.values()].flat();
const keys = [
  'type',
  'data',
  'kind',
  'partId',
  'fallbackText',
  'cursor',
  '__proto__',
  'constructor',
  'toString',
  '0',
  '',
];

const anything = fc.oneof(
  fc.constantFrom(...oddities),
  fc.constantFrom(...pieces),
  fc.jsonValue({ maxDepth: 2 }),
);
const anyKey = fc.oneof(fc.constantFrom(...keys), fc.string());
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>({ kind: 'drop' }),
  fc.record({ kind: fc.constant('swap' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('put' as const), value: anything }),
  fc.record({ kind: fc.constant('add' as const), key: anyKey, value: anything }),
);
const mutations = fc.array(fc.record({ at: fc.nat(), change }), { minLength: 1, maxLength: 2 });

test('both agree when any one place of a right fixture holds something odd', () => {
  let checked = 0;
  for (const { definition, value, name } of fixtures.filter(({ valid }) => valid))
    for (const path of pathsOf(value))
      for (const odd of oddities) {
        const mutant = changed(value, path, { kind: 'put', value: odd });
        const small = bySmall(definition, mutant);
        const ajv = byAjv(definition, mutant);
        checked++;
        if (ajv === undefined) assertPassesGuard(definition, mutant);
        if ((small === undefined) !== (ajv === undefined))
          assert.fail(
            `${name}, ${path.join('.')} = ${String(odd)}: ${small ?? 'valid'}; Ajv: ${ajv ?? 'valid'}`,
          );
      }
  assert.ok(checked > 50_000, `only ${checked} were checked`);
});

test('both agree on whatever becomes of a fixture when fields are dropped, replaced and added', () => {
  const seen = { valid: 0, invalid: 0 };
  fc.assert(
    fc.property(
      fc.constantFrom<Fixture>(...fixtures.filter(({ valid }) => valid)),
      mutations,
      ({ definition, value }, changes) => {
        const mutant = changes.reduce<unknown>((held, { at, change: next }) => {
          const paths = pathsOf(held);
          return changed(held, paths[at % paths.length] ?? [], next);
        }, value);
        const small = bySmall(definition, mutant);
        const ajv = byAjv(definition, mutant);
        if (ajv === undefined) assertPassesGuard(definition, mutant);
        seen[small === undefined ? 'valid' : 'invalid']++;
        assert.equal(
          small === undefined,
          ajv === undefined,
          `small: ${small ?? 'valid'}; Ajv: ${ajv ?? 'valid'}`,
        );
      },
    ),
    { seed: 20_260_301, numRuns: 4000 },
  );
  assert.ok(seen.valid > 400 && seen.invalid > 400, `too one-sided: ${JSON.stringify(seen)}`);
});
