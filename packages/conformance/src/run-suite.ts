import type { Discovery } from '@sahay/protocol';
import { levels, numbered, type Check, type Grade, type Level } from './check.ts';
import { checks as everyCheck } from './checks/index.ts';
import { abilitiesOf, Stage, type RunParts } from './stage.ts';
import { Finding, shown, Unimplemented } from './finding.ts';
import { addressOf, chapterOf, sections } from './sections.ts';
import type { SuiteOptions, Target } from './target.ts';
import { HttpApi } from './wire/http-api.ts';
import type { TransportName } from './wire/line.ts';

/** How one check came out. */
export interface CheckResult {
  id: string;
  /** Section and place, such as `3.8/2`. */
  number: string;
  section: { number: string; title: string };
  chapter: { number: string; title: string };
  level: Level;
  title: string;
  grade: Grade;
  /** Milliseconds. */
  durationMs: number;
  /** What was expected, where something else came. */
  expected?: string;
  came?: string;
  /** Why a check is not a plain pass. */
  reason?: string;
  /** Where the rule stands in the specification. */
  source: string;
}

/** What a run found. */
export interface SuiteResult {
  url: string;
  transport: TransportName;
  level: Level;
  startedAt: string;
  durationMs: number;
  checks: CheckResult[];
  counts: Record<Grade, number>;
}

/** Somebody who wants to hear of each result as it comes. */
export type OnResult = (result: CheckResult) => void;

/**
 * Holds a backend against the specification.
 *
 * @throws Error when the target cannot be reached at all, or names no discovery document
 * @example
 * const { checks } = await conformanceSuite({ url: 'http://localhost:4000' }, { level: 'core' });
 * assert.deepEqual(checks.filter(({ grade }) => grade === 'fail'), []);
 */
export async function conformanceSuite(
  target: Target,
  options: SuiteOptions = {},
  onResult: OnResult = () => {},
): Promise<SuiteResult> {
  const started = Date.now();
  const parts = await partsOf(target, options);
  const results: CheckResult[] = [];
  for (const { check, number } of selectChecks(options)) {
    const result = await runCheck(check, number, parts, options);
    results.push(result);
    onResult(result);
  }
  return {
    url: target.url,
    transport: parts.transport,
    level: options.level ?? 'full',
    startedAt: new Date(started).toISOString(),
    durationMs: Date.now() - started,
    checks: results,
    counts: countsOf(results),
  };
}

/** The checks that options ask for, in the order in which they run. */
export function selectChecks({ level = 'full', only }: SuiteOptions = {}): {
  check: Check;
  number: string;
}[] {
  const numbers = numbered(everyCheck);
  const reach = levels.slice(0, levels.indexOf(level) + 1);
  const isNamed = (check: Check, number: string): boolean =>
    !only ||
    only.some((name) => [check.id, number, check.section, chapterOf(check.section).number].includes(name));
  return [...numbers]
    .map(([check, number]) => ({ check, number }))
    .filter(({ check, number }) => reach.includes(check.level) && isNamed(check, number))
    .sort((a, b) => Number(a.check.isLast ?? false) - Number(b.check.isLast ?? false));
}

/** What checks of a run share. */
export async function partsOf(target: Target, options: SuiteOptions = {}): Promise<RunParts> {
  const api = new HttpApi(target.url);
  const answer = await api.ask('/.well-known/sahay').catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new Error(`${target.url} does not answer${cause}. Start the backend, or correct the address.`, {
      cause: error,
    });
  });
  const discovery = answer.json as Partial<Discovery> | undefined;
  if (answer.status !== 200 || typeof discovery?.endpoints?.api !== 'string')
    throw new Error(
      `${target.url}/.well-known/sahay is no discovery document (status ${answer.status}). Without it nothing else can be found.`,
    );
  return {
    target,
    discovery: {
      ...(discovery as Discovery),
      capabilities: Array.isArray(discovery.capabilities) ? discovery.capabilities : [],
    },
    transport: options.transport ?? 'websocket',
    patienceMs: options.patienceMs ?? 5_000,
    quietMs: options.quietMs ?? 300,
    invalidFrames: [],
  };
}

/** Runs one check on a stage of its own. */
export async function runCheck(
  check: Check,
  number: string,
  parts: RunParts,
  options: SuiteOptions = {},
): Promise<CheckResult> {
  const chapter = chapterOf(check.section);
  const started = performance.now();
  const stage = new Stage(parts);
  const outcome = await graded(check, stage);
  if (options.crashAfterEach) await stage.driver('crash').crash();
  stage.close();
  return {
    id: check.id,
    number,
    section: { number: check.section, title: sections[check.section] },
    chapter: { number: chapter.number, title: chapter.title },
    level: check.level,
    title: check.title,
    durationMs: Math.round(performance.now() - started),
    source: addressOf(check.section),
    ...outcome,
  };
}

type Outcome = Pick<CheckResult, 'grade' | 'expected' | 'came' | 'reason'>;

async function graded(check: Check, stage: Stage): Promise<Outcome> {
  const missing = missingFor(check, stage);
  if (missing !== undefined) return { grade: 'unimplemented', reason: missing };
  try {
    await check.run(stage);
  } catch (error) {
    if (error instanceof Unimplemented) return { grade: 'unimplemented', reason: error.message };
    if (error instanceof Finding)
      return { grade: 'fail', reason: error.message, expected: error.expected, came: error.came };
    return {
      grade: 'fail',
      reason: `The check broke off: ${error instanceof Error ? (error.stack ?? error.message) : shown(error)}`,
    };
  }
  if (stage.departures.length > 0) return { grade: 'non-strict', reason: stage.departures.join('; ') };
  if (stage.notes.length > 0) return { grade: 'informational', reason: stage.notes.join('; ') };
  return { grade: 'pass' };
}

function missingFor({ needs }: Check, stage: Stage): string | undefined {
  const absent = needs?.capabilities?.filter((capability) => !stage.can(capability)) ?? [];
  if (absent.length > 0) return `the backend has no ${absent.join(', ')}`;
  if (needs?.transports && !needs.transports.includes(stage.transport))
    return `says nothing about ${stage.transport}`;
  const able = abilitiesOf(stage.target.driver);
  const unable = needs?.driver?.filter((ability) => !able.includes(ability)) ?? [];
  return unable.length > 0 ? `needs a driver with ${unable.join(', ')}` : undefined;
}

function countsOf(results: readonly CheckResult[]): Record<Grade, number> {
  const counts: Record<Grade, number> = {
    pass: 0,
    'non-strict': 0,
    informational: 0,
    fail: 0,
    unimplemented: 0,
  };
  for (const { grade } of results) counts[grade]++;
  return counts;
}

/** Whether a run is as it should be; strictly, what is not quite as specified is a failure too. */
export const isConformant = ({ counts }: Pick<SuiteResult, 'counts'>, strict = false): boolean =>
  counts.fail === 0 && (!strict || counts['non-strict'] === 0);
