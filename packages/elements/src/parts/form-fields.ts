import { answerProblem, type AnswerProblem, type Attributes, type FormField } from '@sahay/protocol';

/** What has been filled in so far, by the names of the fields. */
export type Filled = Map<string, string | number | boolean | File>;

/** Why a field is not right yet. */
export type FieldProblem =
  | 'formRequired'
  | 'formChoice'
  | 'formSome'
  | 'formTick'
  | 'formChooseFile'
  | 'formEmail'
  | 'formUrl'
  | 'formNumber'
  | 'formDate'
  | 'formTime'
  | 'formRange'
  | 'formPattern';

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

const sayings: Record<AnswerProblem, FieldProblem> = {
  required: 'formRequired',
  email: 'formEmail',
  url: 'formUrl',
  number: 'formNumber',
  range: 'formRange',
  pattern: 'formPattern',
  type: 'formPattern',
  option: 'formChoice',
};

/** What is missing, in the words of what is done about it. */
const missing: Partial<Record<FormField['kind'], FieldProblem>> = {
  select: 'formChoice',
  radio: 'formChoice',
  checkboxes: 'formSome',
  rating: 'formChoice',
  scale: 'formChoice',
  checkbox: 'formTick',
  file: 'formChooseFile',
};

/** What stands in a field and is none, or not all, of what it takes. */
const unfinished: Partial<Record<FormField['kind'], FieldProblem>> = {
  number: 'formNumber',
  date: 'formDate',
  time: 'formTime',
};

/**
 * The first thing that is wrong with what stands in a field, if anything is.
 *
 * @param isBad whether the browser shows what it can make nothing of, such as half a date: as a value that is nothing
 */
export function problemOf(field: FormField, filled: Filled, isBad = false): FieldProblem | undefined {
  const { kind } = field;
  if (isBad) return unfinished[kind] ?? 'formPattern';
  const value = filled.get(field.name);
  const problem = answerProblem(field, value instanceof File ? value.name : value);
  if (problem === 'required') return missing[kind] ?? 'formRequired';
  if (problem === 'type') return unfinished[kind] ?? 'formPattern';
  return problem && sayings[problem];
}

/** The values as they are submitted; files are named by the ids of their uploads. */
export function valuesOf(
  fields: readonly FormField[],
  filled: Filled,
  uploads: ReadonlyMap<File, string>,
): Attributes {
  const entries = fields.flatMap(({ name }): [string, string | number | boolean][] => {
    const value = filled.get(name);
    if (value instanceof File) return [[name, uploads.get(value) ?? '']];
    return value === undefined || value === '' ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}
