import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { acknowledgedAfterFailure, checkSyncOrder } from './check-trace.ts';
import { proveCrashPoints } from './crash-points.ts';
import { findStrace, readTrace } from './strace.ts';
import { acknowledgedIn, runTracedServer } from './traced-server.ts';

/** How much of it to do. */
export interface DurabilityPlan {
  messages: number;
  /** Which syncs fail, one in each run. */
  failingSyncs: readonly number[];
  crashPoints: number;
}

export const usualDurability: DurabilityPlan = {
  messages: 400,
  failingSyncs: [30, 45, 60, 80, 120],
  crashPoints: 200,
};

/**
 * Shows with strace what a history cannot: that acknowledgements follow the disk.
 *
 * @returns whether all of it was shown
 */
export async function runDurability(plan: DurabilityPlan, say: (line: string) => void): Promise<boolean> {
  const obstacle = findStrace();
  if (obstacle) {
    say(`Durability was not run, and so is not proven: ${obstacle}.`);
    return false;
  }
  const folder = await mkdtemp(join(tmpdir(), 'sahay-durability-'));
  try {
    const shown = [
      await showSyncOrder(join(folder, 'order'), plan.messages, say),
      await showFailedSyncs(folder, plan, say),
      await showCrashPoints(folder, plan.crashPoints, say),
    ];
    return shown.every(Boolean);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Say = (line: string) => void;

function tell(say: Say, what: string, violations: readonly string[]): boolean {
  say(`  ${violations.length === 0 ? 'shown' : 'NOT SHOWN'}: ${what}`);
  for (const violation of violations.slice(0, 5)) say(`    ${violation}`);
  return violations.length === 0;
}

async function showSyncOrder(folder: string, messages: number, say: Say): Promise<boolean> {
  await mkdir(folder);
  const visitors = 4;
  const { trace, acknowledged } = await runTracedServer(folder, { visitors, messages: messages / visitors });
  const order = checkSyncOrder(await readTrace(trace), acknowledgedIn);
  const violations = [...order.violations];
  // A trace in which the acknowledgements were not found would show nothing.
  if (order.acknowledgements < messages || acknowledged.length < messages)
    violations.push(`only ${order.acknowledgements} of ${messages} acknowledgements were seen to leave`);
  return tell(
    say,
    `${order.acknowledgements} acknowledgements of the server left after a completed sync that covers their row (${order.syncs} syncs)`,
    violations,
  );
}

async function showFailedSyncs(
  folder: string,
  { failingSyncs, messages }: DurabilityPlan,
  say: Say,
): Promise<boolean> {
  const violations: string[] = [];
  let before = 0;
  for (const n of failingSyncs) {
    const own = join(folder, `failing-${n}`);
    await mkdir(own);
    const inject = `fsync,fdatasync:error=EIO:when=${n}`;
    const { trace, acknowledged, exitCode } = await runTracedServer(own, { visitors: 4, messages, inject });
    before += acknowledged.length;
    const late = acknowledgedAfterFailure(await readTrace(trace), acknowledgedIn);
    violations.push(...late.map((marker) => `sync ${n} failed, and then: ${marker} was acknowledged`));
    if (exitCode === 0) violations.push(`sync ${n} failed, and the process went on`);
    violations.push(
      ...missing(join(own, 'data', 'sahay.db'), acknowledged).map((marker) => `${marker} is gone`),
    );
  }
  return tell(
    say,
    `after each of ${failingSyncs.length} failed syncs nothing was acknowledged and the process stopped; the ${before} rows acknowledged before are there`,
    violations,
  );
}

function missing(path: string, acknowledged: readonly string[]): string[] {
  const db = new DatabaseSync(path);
  const rows = db.prepare("SELECT json ->> '$.parts[0].text' AS text FROM messages").all();
  db.close();
  const stored = new Set(rows.map(({ text }) => String(text).split(' ')[0]));
  return acknowledged.filter((marker) => !stored.has(marker));
}

async function showCrashPoints(folder: string, points: number, say: Say): Promise<boolean> {
  const found = await proveCrashPoints(folder, points, 2);
  const violations = [...found.violations];
  if (found.acknowledged === 0) violations.push('nothing was acknowledged before any crash');
  return tell(
    say,
    `${found.points} crashes, each at another sync, ${found.wiped} of them with all that was not synced wiped: every database opens, checks, and holds all of the ${found.acknowledged} acknowledged rows`,
    violations,
  );
}
