import type { Grade } from '../check.ts';
import type { CheckResult, SuiteResult } from '../run-suite.ts';

const signs: Record<Grade, string> = {
  pass: '✔',
  'non-strict': '≈',
  informational: 'ℹ',
  fail: '✖',
  unimplemented: '–',
};

const colours: Record<Grade, number> = {
  pass: 32,
  'non-strict': 33,
  informational: 36,
  fail: 31,
  unimplemented: 90,
};

/** How a report looks. */
export interface TerminalOptions {
  /** Whether escape codes for colours are used. */
  colours?: boolean;
}

/** One result as lines of a report. */
export function reportCheck(
  result: CheckResult,
  { colours: inColour = false }: TerminalOptions = {},
): string {
  const { grade, number, id, title, durationMs, expected, came, reason, source } = result;
  const paint = (text: string): string => (inColour ? `\u001b[${colours[grade]}m${text}\u001b[0m` : text);
  const head = `  ${paint(signs[grade])} ${number.padEnd(7)} ${paint(id)}  ${durationMs} ms`;
  if (grade === 'pass') return head;
  const lines = [head, `      ${title}`];
  if (expected !== undefined) lines.push(`      expected  ${expected}`, `      came      ${came ?? ''}`);
  else if (reason) lines.push(`      ${grade === 'fail' ? '' : `${grade}: `}${reason}`);
  if (grade === 'fail' || grade === 'non-strict') lines.push(`      see       ${source}`);
  return lines.join('\n');
}

/** Reports results as they come, under the headings of their sections. */
export class TerminalReport {
  readonly #say: (text: string) => void;
  readonly #options: TerminalOptions;
  #section = '';

  constructor(say: (text: string) => void, options: TerminalOptions = {}) {
    this.#say = say;
    this.#options = options;
  }

  add(result: CheckResult): void {
    const heading = `${result.chapter.number}. ${result.chapter.title}`;
    if (heading !== this.#section) this.#say(`\n${heading}`);
    this.#section = heading;
    this.#say(reportCheck(result, this.#options));
  }

  end({ counts, durationMs, transport }: SuiteResult): void {
    const { pass, fail, unimplemented, informational, 'non-strict': nonStrict } = counts;
    this.#say(
      `\n${transport}: ${pass} passed, ${nonStrict} non-strict, ${informational} informational, ${fail} failed, ${unimplemented} unimplemented in ${(durationMs / 1000).toFixed(1)} s`,
    );
  }
}
