import type { FormField } from './generated/types.ts';

/** Why an answer does not fit its field. */
export type AnswerProblem = 'required' | 'type' | 'email' | 'url' | 'number' | 'range' | 'pattern' | 'option';

/** Longer answers and patterns are not tried against each other, in characters. */
const patternLimit = 200;
/** How many parts of a pattern may repeat as often as they like: with each more, the time a hostile text takes grows by its length. */
const repeatLimit = 3;

/**
 * The first thing that is wrong with the answer to a field of a form, if anything is. The window says it before a form is sent, and a backend
 * refuses by it.
 *
 * @param answer A checkbox is answered with `true` or `false`, numbers and scales with a number, a file with the id of its attachment,
 * the rest with text: dates as `2026-03-02`, times as `16:45`, checkboxes as the values that are ticked, one a line.
 * @example
 * answerProblem({ name: 'order', label: 'Order', kind: 'text', pattern: '\\d{4}' }, '47'); // 'pattern'
 */
export function answerProblem(field: FormField, answer: unknown): AnswerProblem | undefined {
  const { kind } = field;
  if (kind === 'checkbox' && typeof answer === 'boolean')
    return field.required && !answer ? 'required' : undefined;
  if (answer === undefined || answer === null || (typeof answer === 'string' && answer.trim() === ''))
    return field.required ? 'required' : undefined;
  if (kind === 'number' || kind === 'rating' || kind === 'scale') return numberProblem(field, answer);
  if (typeof answer !== 'string') return 'type';
  return textProblem(field, answer.trim());
}

function numberProblem(field: FormField, answer: unknown): AnswerProblem | undefined {
  if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'number';
  const { min, max } = numberLimits(field);
  if (answer < min || answer > max) return 'range';
  return field.kind === 'number' || Number.isInteger(answer) ? undefined : 'number';
}

/** The limits of a number: those of the field; else a rating goes from 1 to 5 and a scale from 0 to 10. */
export function numberLimits({ kind, min, max }: FormField): { min: number; max: number } {
  if (kind === 'rating') return { min: min ?? 1, max: max ?? 5 };
  if (kind === 'scale') return { min: min ?? 0, max: max ?? 10 };
  return { min: min ?? -Infinity, max: max ?? Infinity };
}

function textProblem({ kind, options, pattern }: FormField, text: string): AnswerProblem | undefined {
  switch (kind) {
    case 'checkbox':
      return 'type';
    case 'email':
      if (!/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text)) return 'email';
      break;
    case 'url':
      if (!(/^https?:\/\/./.test(text) && URL.canParse(text))) return 'url';
      break;
    case 'date':
      if (!(/^\d{4}-\d\d-\d\d$/.test(text) && isDay(text))) return 'type';
      break;
    case 'time':
      if (!/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?$/.test(text)) return 'type';
      break;
    case 'select':
    case 'radio':
      return options?.some(({ value }) => value === text) ? undefined : 'option';
    case 'checkboxes':
      return ticked(text).every((one) => options?.some(({ value }) => value === one)) ? undefined : 'option';
    default:
  }
  return fits(pattern, text) ? undefined : 'pattern';
}

/** The values that are ticked of several checkboxes, from the answer to their field. */
export const ticked = (answer: string): string[] => answer.split('\n').filter(Boolean);

/** The thirtieth of February is none, though `Date` takes it for one in March. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether a text fits a pattern as in HTML. One that could take for ever, or is none, asks for nothing. */
function fits(pattern: string | undefined, text: string): boolean {
  if (!pattern || pattern.length > patternLimit || text.length > patternLimit || isSlow(pattern)) return true;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text);
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}

function isSlow(pattern: string): boolean {
  if (/\)[*+{?]|\\[1-9k]|\(\?/.test(pattern)) return true;
  const repeats = pattern.replace(/\\./g, '').match(/[*+?]|\{\d*,\d*\}/g) ?? [];
  return repeats.length > repeatLimit;
}
