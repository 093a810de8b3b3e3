/**
 * Checks a value. Returns nothing when it fits, else where it does not and what was expected,
 * for example `data.message.parts: expected an array of 0 to 50`.
 */
export type Shape = (value: unknown, path: string) => string | undefined;

type Fields = Record<string, Shape>;

const says = (path: string, expected: string): string => `${path || 'value'}: expected ${expected}`;
const under = (path: string, key: string | number): string => (path ? `${path}.${key}` : `${key}`);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** JSON has no NaN and no Infinity, but `1e999` parses to one. */
const typeOf = (value: unknown): string =>
  value === null
    ? 'null'
    : typeof value === 'number' && !Number.isFinite(value)
      ? 'not finite'
      : typeof value;

export function types(...names: string[]): Shape {
  return (value, path) => (names.includes(typeOf(value)) ? undefined : says(path, names.join(' or ')));
}

export function oneOf(...values: unknown[]): Shape {
  return (value, path) => (values.includes(value) ? undefined : says(path, `one of ${values.join(', ')}`));
}

export function otherThan(...values: unknown[]): Shape {
  return (value, path) =>
    typeof value === 'string' && !values.includes(value)
      ? undefined
      : says(path, 'a string not otherwise defined');
}

export function matching(pattern: RegExp): Shape {
  return (value, path) =>
    typeof value === 'string' && pattern.test(value)
      ? undefined
      : says(path, `a string like ${pattern.source}`);
}

export function number(min = -Infinity, max = Infinity): Shape {
  return (value, path) =>
    typeOf(value) === 'number' && (value as number) >= min && (value as number) <= max
      ? undefined
      : says(path, `a number from ${min} to ${max}`);
}

export function integer(min = -Infinity, max = Infinity): Shape {
  const inRange = number(min, max);
  return (value, path) =>
    Number.isInteger(value) && !inRange(value, path)
      ? undefined
      : says(path, `an integer from ${min} to ${max}`);
}

export function arrayOf(item: Shape, max = Infinity, min = 0): Shape {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > max || value.length < min)
      return says(path, `an array of ${min} to ${max}`);
    for (let i = 0; i < value.length; i++) {
      const wrong = item(value[i], under(path, i));
      if (wrong) return wrong;
    }
    return undefined;
  };
}

export function recordOf(item: Shape): Shape {
  return (value, path) => {
    if (!isObject(value)) return says(path, 'an object');
    for (const key of Object.keys(value)) {
      const wrong = item(value[key], under(path, key));
      if (wrong) return wrong;
    }
    return undefined;
  };
}

/** Fields not named are allowed: within a major version there are only additions. */
export function object(required: Fields = {}, optional: Fields = {}): Shape {
  return (value, path) => {
    if (!isObject(value)) return says(path, 'an object');
    for (const key in required) {
      const wrong = required[key]!(value[key], under(path, key));
      if (wrong) return wrong;
    }
    for (const key in optional) {
      if (value[key] === undefined) continue;
      const wrong = optional[key]!(value[key], under(path, key));
      if (wrong) return wrong;
    }
    return undefined;
  };
}

const caseOf = (cases: Fields, tag: unknown): Shape | undefined =>
  typeof tag === 'string' && Object.hasOwn(cases, tag) ? cases[tag] : undefined;

export function variant(by: string, cases: Fields, other?: Shape): Shape {
  return (value, path) => {
    if (!isObject(value)) return says(path, 'an object');
    const shape = caseOf(cases, value[by]) ?? other;
    return shape ? shape(value, path) : says(under(path, by), `one of ${Object.keys(cases).join(', ')}`);
  };
}

/** An envelope whose `data` is checked when its `type` is known, and left alone when it is not. */
export function catalogued(envelope: Shape, cases: Fields): Shape {
  return (value, path) => {
    const wrong = envelope(value, path);
    if (wrong) return wrong;
    const { type, data } = value as { type: unknown; data: unknown };
    return caseOf(cases, type)?.(data, under(path, 'data'));
  };
}
