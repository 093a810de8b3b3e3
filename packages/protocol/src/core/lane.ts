import { bounds } from './bounds.ts';

/** What a server remembers of a lane: the last number done, and the recent results by number. */
export interface Lane<Result> {
  lastDone: number;
  /** The digest of the command and its outcome, for numbers a client may still ask about. */
  recent(n: number): { digest: string; result: Result } | undefined;
}

/** How many results of a lane a backend keeps at least; a client has fewer commands in flight than that. */
export const recentResults = 256;

/** What to do with a numbered command. */
export type Admission<Result> =
  | { kind: 'run' }
  | { kind: 'replay'; result: Result }
  | { kind: 'mismatch' }
  | { kind: 'forgotten' }
  | { kind: 'hole'; expected: number };

/**
 * The rules of a lane, after Kafka's idempotent producer: the next number runs; one already done gets its original
 * result; the same number with another body is a mismatch; a hole is refused and changes nothing.
 */
export function admit<Result>(lane: Lane<Result>, n: number, digest: string): Admission<Result> {
  if (n === lane.lastDone + 1) return { kind: 'run' };
  if (n > lane.lastDone) return { kind: 'hole', expected: lane.lastDone + 1 };
  const done = lane.recent(n);
  if (!done) return { kind: 'forgotten' };
  return done.digest === digest ? { kind: 'replay', result: done.result } : { kind: 'mismatch' };
}

/**
 * A command's body in a form in which equal bodies are equal strings: keys sorted, nothing else changed. What nests
 * deeper than any command may is left out, so that no input can exhaust the stack.
 */
export function canonical(value: unknown): string {
  return written(value, 0);
}

function written(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (depth > bounds.depth) return '"…"';
  if (Array.isArray(value)) return `[${value.map((item) => written(item, depth + 1)).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${written(field, depth + 1)}`);
  return `{${fields.join(',')}}`;
}
