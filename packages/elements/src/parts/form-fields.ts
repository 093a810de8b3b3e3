import type { Attributes, FormField } from '@sahay/protocol';

/** What has been filled in so far, by the names of the fields. */
export type Filled = Map<string, string | number | boolean | File>;

/** Why a field is not right yet. */
export type FieldProblem =
  'formRequired' | 'formEmail' | 'formUrl' | 'formNumber' | 'formRange' | 'formPattern';

/** What a browser may fill in by itself: whom to answer. Never what a forged form would be after, such as card numbers or codes. */
const autocompletes = new Set(
  (
    'name given-name family-name email tel organization street-address address-line1 address-line2 address-level1 address-level2 ' +
    'postal-code country country-name language url'
  ).split(' '),
);

/** The `autocomplete` of a field; `off` unless it is harmless. */
export function autocompleteOf({ autocomplete = '' }: FormField): AutoFill {
  return autocompletes.has(autocomplete) ? (autocomplete as AutoFill) : 'off';
}

/** The first thing that is wrong with what stands in a field, if anything is. */
export function problemOf(field: FormField, filled: Filled): FieldProblem | undefined {
  const value = filled.get(field.name);
  const empty = value === undefined || value === false || (typeof value === 'string' && value.trim() === '');
  if (empty) return field.required ? 'formRequired' : undefined;
  const text = value instanceof File ? value.name : String(value).trim();
  if (['number', 'rating', 'scale'].includes(field.kind)) return numberProblem(field, Number(text));
  if (field.kind === 'email' && !/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text)) return 'formEmail';
  if (field.kind === 'url' && !(/^https?:\/\/./.test(text) && URL.canParse(text))) return 'formUrl';
  return fits(field.pattern, text) ? undefined : 'formPattern';
}

function numberProblem(
  { min = -Infinity, max = Infinity }: FormField,
  value: number,
): FieldProblem | undefined {
  if (!Number.isFinite(value)) return 'formNumber';
  return value < min || value > max ? 'formRange' : undefined;
}

/** Whether a text fits a pattern as in HTML. One that could take for ever, or is none, asks for nothing. */
function fits(pattern: string | undefined, text: string): boolean {
  if (!pattern || pattern.length > 200 || text.length > 500 || /\)[*+{?]|\\[1-9k]|\(\?/.test(pattern))
    return true;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text);
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}

/** The values as they are submitted; files are named by the ids of their uploads. */
export function valuesOf(
  fields: readonly FormField[],
  filled: Filled,
  uploads: ReadonlyMap<string, string>,
): Attributes {
  const entries = fields.flatMap(({ name }): [string, string | number | boolean][] => {
    const value = filled.get(name);
    if (value instanceof File) return [[name, uploads.get(name) ?? '']];
    return value === undefined || value === '' ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}
