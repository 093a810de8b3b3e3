/** Lone surrogates, which UTF-8 cannot carry, and NUL, which databases cut strings at. */
const illFormed = /\p{Cs}|\0/gu;

/**
 * A copy of JSON data in which every string can be stored and sent: each lone surrogate and each NUL becomes U+FFFD,
 * as HTML and CommonMark do. A person's message is never refused for what her keyboard or a cut emoji put into it.
 */
export function wellFormed<T>(value: T): T;
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(illFormed, '\uFFFD');
  if (Array.isArray(value)) return value.map((item: unknown) => wellFormed(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [wellFormed(key), wellFormed(field)]),
  );
}

/** Whether JSON data nests deeper than so many objects and arrays. Looks no deeper than that. */
export function deeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((field) => deeperThan(field, depth - 1));
}
