/** What is wrong with a setting: where it stands, such as `week.monday[0].to`, and what to write there. */
export interface SettingError {
  field: string;
  message: string;
}

/** A setting that may be used, or why not. */
export type Reading<T> = { value: T } | { error: SettingError };

class Wrong extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** Runs a reader that throws at the first thing that is wrong. */
export function readingOf<T>(read: () => T): Reading<T> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof Wrong) return { error: { field: error.field, message: error.message } };
    throw error;
  }
}

/** Ends a reading of {@link readingOf}. */
export function wrong(field: string, message: string): never {
  throw new Wrong(field, message);
}

/** A value's fields; ends the reading where it is no object or has a field that nobody knows. */
export function fieldsOf(value: unknown, field: string, known: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wrong(field, `"${field}" must be an object.`);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined)
    wrong(
      field,
      `"${field}" has a field "${unknown.slice(0, 64)}" that nobody knows. It takes: ${known.join(', ')}.`,
    );
  return value as Record<string, unknown>;
}

/** The items of a list, each read with its own place. */
export function listOf<T>(
  value: unknown,
  field: string,
  most: number,
  read: (item: unknown, field: string) => T,
): T[] {
  if (!Array.isArray(value) || value.length > most)
    return wrong(field, `"${field}" must be a list of at most ${most}.`);
  return value.map((item, index) => read(item, `${field}[${index}]`));
}

/** Text that is not blank. */
export function textOf(value: unknown, field: string, longest: number): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > longest)
    return wrong(field, `"${field}" must be text of 1 to ${longest} characters.`);
  return value;
}

/** A truth; nothing is no. */
export function flagOf(value: unknown, field: string): boolean {
  if (value !== undefined && typeof value !== 'boolean')
    return wrong(field, `"${field}" must be true or false.`);
  return value === true;
}

/** A whole number from one to another; nothing stays nothing. */
export function numberOf(value: unknown, field: string, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
    return wrong(field, `"${field}" must be a whole number from ${least} to ${most}.`);
  return value as number;
}
