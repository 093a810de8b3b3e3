/** A rule that was broken: what was expected, and what came instead. */
export class Finding extends Error {
  /** What must be, as a phrase that goes on from "expected". */
  readonly expected: string;
  /** What was there instead, as a person reads it. */
  readonly came: string;

  constructor(expected: string, came: unknown) {
    const text = shown(came);
    super(`Expected ${expected}; came ${text}.`);
    this.name = 'Finding';
    this.expected = expected;
    this.came = text;
  }
}

/** Why a check could say nothing: a capability is absent, or the target does not offer what it needs. */
export class Unimplemented extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Unimplemented';
  }
}

/**
 * States a rule.
 *
 * @param expected what must be, as a phrase that goes on from "expected"
 * @param came what was there instead; values are shown as JSON
 * @throws Finding unless it holds
 */
export function must(holds: boolean, expected: string, came: unknown): asserts holds {
  if (!holds) throw new Finding(expected, came);
}

const longest = 600;

/** A value as a person reads it in a report: JSON, cut where it grows long. */
export function shown(value: unknown): string {
  if (value instanceof Error) return value.message;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length <= longest ? text : `${text.slice(0, longest)} … (${text.length} characters)`;
}
