import fc from 'fast-check';

/** What stands where something else belongs: of all types, and of those sizes and names that break programs. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      0,
      -1,
      -0,
      0.5,
      2 ** 53,
      -(2 ** 53),
      1e308,
      Number.MIN_VALUE,
      '',
      ' ',
      '\0',
      '\ud800',
      '\udfff',
    ],
    ...['__proto__', 'constructor', 'toString', 'user', 'NaN', '1', '../..', "' OR 1=1 --", '\u202e', '\r\n'],
    ...[
      'x'.repeat(70_000),
      ' '.repeat(20_000),
      [],
      {},
      [[]],
      [null],
      { length: 1e9 },
      { then: 1 },
      { toJSON: 1 },
    ],
    ...[
      JSON.parse('{"__proto__":{"x":1}}') as unknown,
      JSON.parse('['.repeat(200) + ']'.repeat(200)) as unknown,
    ],
    ...[
      Array.from({ length: 2_000 }, () => 0),
      '2026-11-27T10:00:00Z',
      'conversation:x:public',
      'https://x.example/',
    ],
  ),
);

/** One change of a piece of JSON; `at` chooses the place among all there are. */
export interface Mutation {
  kind: 'replace' | 'remove' | 'add' | 'wrap' | 'copy' | 'rename';
  at: number;
  value: unknown;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'remove', 'add', 'wrap', 'copy', 'rename'),
  at: fc.nat(10_000),
  value: junk,
});

type Place = { holder: Record<string, unknown>; key: string };

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push({ holder: value as Record<string, unknown>, key });
    placesIn((value as Record<string, unknown>)[key], found);
  }
  return found;
}

/** Sets a key as JSON would, also one that is called `__proto__`. */
const define = (holder: object, key: string, value: unknown): void =>
  void Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true });

/** A changed copy of a piece of JSON. */
export function mutate(value: unknown, mutations: readonly Mutation[]): unknown {
  const root = { value: structuredClone(value) };
  for (const { kind, at, value: drawn } of mutations) {
    // A copy: what one change puts in, the next may change.
    const other = structuredClone(drawn);
    const places = placesIn(root);
    const { holder, key } = places[at % places.length]!;
    const held = holder[key];
    if (kind === 'replace') define(holder, key, other);
    else if (kind === 'remove' && holder !== root) delete holder[key];
    else if (kind === 'add' && typeof held === 'object' && held !== null) define(held, `k${at % 7}`, other);
    else if (kind === 'wrap') define(holder, key, at % 2 ? [held] : { value: held });
    else if (kind === 'copy') {
      const from = places[(at * 31) % places.length]!;
      define(holder, key, structuredClone(from.holder[from.key]));
    } else if (kind === 'rename' && holder !== root && !Array.isArray(holder)) {
      delete holder[key];
      define(holder, typeof other === 'string' ? other.slice(0, 200) : '__proto__', held);
    }
  }
  return root.value;
}
