import { checks, watches } from '../history/check-history.ts';
import type { Outcome } from './run-delivery.ts';

/** The outcome in words; the last line is the verdict. */
export function printOutcome(outcome: Outcome, say: (line: string) => void): void {
  const { counts, found, recovery, plan, seconds, details, missing } = outcome;
  say('');
  for (const [name, count] of Object.entries(counts)) say(`  ${name.padEnd(20)} ${count}`);
  say('');
  say('  after a kill, ms        median    worst');
  for (const [name, values] of Object.entries({
    'process listens': recovery.listening,
    'next message arrives': recovery.firstMessage,
    '95 % of pages online': recovery.everybody,
  }))
    say(
      `  ${name.padEnd(22)} ${at(values, 0.5).padStart(7)} ${at(values, 1).padStart(8)}   (${values.length})`,
    );
  say('');
  for (const name of [...checks, ...watches]) say(`  ${name.padEnd(24)} ${found[name]}`);
  if (details.length > 0) say(`\n${details.join('\n')}`);
  say('');
  if (missing.length > 0) say(`Not shown: ${missing.join('; ')}.`);
  const five = checks.slice(0, 5).map((name) => `${found[name]} ${name}`);
  say(
    `${outcome.isProven ? 'PROVEN' : 'NOT PROVEN'}: ${counts['messages']} messages, ${counts['server kills']} server kills, ${counts['connection faults']} connection faults in ${seconds.toFixed(0)} s: ${five.join(', ')} (seed ${plan.seed})`,
  );
}

function at(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return value === undefined ? '–' : value.toFixed(0);
}
