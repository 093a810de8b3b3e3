import type { ErrorObject } from 'ajv';

const longestPath = 200;

/** The deepest error says most: of a `oneOf` it is the one in the branch that was meant. */
export function explain(errors: ErrorObject[]): string {
  const depth = (error: ErrorObject): number =>
    error.instancePath.split('/').length - (error.keyword === 'const' ? 1 : 0);
  const deepest = errors.reduce<ErrorObject | undefined>(
    (best, error) => (!best || depth(error) > depth(best) ? error : best),
    undefined,
  );
  if (!deepest) return 'value: is not valid';
  // The path holds keys that a stranger chose: a refusal is stored, and must not be as long as what it refuses.
  const path = deepest.instancePath.slice(1, longestPath).replaceAll('/', '.') || 'value';
  const allowed: unknown = deepest.params['allowedValues'];
  return `${path}: ${deepest.message ?? 'is not valid'}${Array.isArray(allowed) ? ` (${allowed.join(', ')})` : ''}`;
}
