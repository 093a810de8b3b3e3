import type { Grade } from '../check.ts';
import { Finding, shown } from '../finding.ts';
import { ReferenceServer } from '../reference/reference-server.ts';
import type { CheckResult, OnResult, SuiteResult } from '../run-suite.ts';
import { addressOf, chapterOf, sections } from '../sections.ts';
import type { ClientFactory } from './client-adapter.ts';
import type { ClientCheck } from './client-check.ts';
import { ClientStage } from './client-stage.ts';
import { clientLineChecks } from './line-checks.ts';
import { clientLogChecks } from './log-checks.ts';
import { clientOutboxChecks } from './outbox-checks.ts';

/** Every check for clients, in the order of the specification. */
export const clientChecks: readonly ClientCheck[] = [
  ...clientLogChecks,
  ...clientOutboxChecks,
  ...clientLineChecks,
].sort((a, b) => orderOf(a) - orderOf(b));

/** How the suite for clients runs. */
export interface ClientSuiteOptions {
  /** Names of checks, or numbers of sections or checks; default all. */
  only?: readonly string[] | undefined;
  /** How long to wait for what must come, in ms. Default 5,000. */
  patienceMs?: number | undefined;
}

function orderOf({ section }: ClientCheck): number {
  const [chapter = 0, place = 0] = section.split('.').map(Number);
  return 1000 * chapter + place;
}

/** The checks that options ask for, with their numbers. */
export function selectClientChecks({ only }: ClientSuiteOptions = {}): {
  check: ClientCheck;
  number: string;
}[] {
  const places = new Map<string, number>();
  return clientChecks
    .map((check) => {
      const place = (places.get(check.section) ?? 0) + 1;
      places.set(check.section, place);
      // A letter tells the numbers of clients from those of backends.
      return { check, number: `${check.section}/c${place}` };
    })
    .filter(
      ({ check, number }) =>
        !only ||
        only.some((name) =>
          [check.id, number, check.section, chapterOf(check.section).number].includes(name),
        ),
    );
}

/**
 * Holds a client against the specification: each check makes a client, and leads it astray with a server of its own.
 *
 * @example
 * const { checks } = await clientSuite(() => new MyAdapter());
 * assert.deepEqual(checks.filter(({ grade }) => grade === 'fail'), []);
 */
export async function clientSuite(
  make: ClientFactory,
  options: ClientSuiteOptions = {},
  onResult: OnResult = () => {},
): Promise<SuiteResult> {
  const started = Date.now();
  const results: CheckResult[] = [];
  for (const { check, number } of selectClientChecks(options)) {
    const result = await runClientCheck(check, number, make, options);
    results.push(result);
    onResult(result);
  }
  const counts: Record<Grade, number> = {
    pass: 0,
    'non-strict': 0,
    informational: 0,
    fail: 0,
    unimplemented: 0,
  };
  for (const { grade } of results) counts[grade]++;
  return {
    url: 'client',
    transport: 'websocket',
    level: 'full',
    startedAt: new Date(started).toISOString(),
    durationMs: Date.now() - started,
    checks: results,
    counts,
  };
}

/** Runs one check with a client and a server of its own. */
export async function runClientCheck(
  check: ClientCheck,
  number: string,
  make: ClientFactory,
  { patienceMs = 5_000 }: ClientSuiteOptions = {},
): Promise<CheckResult> {
  const started = performance.now();
  const server = await ReferenceServer.start();
  const client = await make();
  const outcome = await graded(check, new ClientStage(server, client, patienceMs));
  await client.stop();
  await server.close();
  const chapter = chapterOf(check.section);
  return {
    id: check.id,
    number,
    section: { number: check.section, title: sections[check.section] },
    chapter: { number: chapter.number, title: chapter.title },
    level: 'core',
    title: check.title,
    durationMs: Math.round(performance.now() - started),
    source: addressOf(check.section),
    ...outcome,
  };
}

async function graded(
  check: ClientCheck,
  stage: ClientStage,
): Promise<Pick<CheckResult, 'grade' | 'reason' | 'expected' | 'came'>> {
  try {
    await check.run(stage);
    return { grade: 'pass' };
  } catch (error) {
    if (error instanceof Finding)
      return { grade: 'fail', reason: error.message, expected: error.expected, came: error.came };
    const broke = error instanceof Error ? (error.stack ?? error.message) : shown(error);
    return { grade: 'fail', reason: `The check broke off: ${broke}` };
  }
}
