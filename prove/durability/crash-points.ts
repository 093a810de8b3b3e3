import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { defaultPolicy } from '../../packages/server/src/policy.ts';
import { openSqliteStore } from '../../packages/server/src/storage/sqlite/sqlite-store.ts';
import { warmUp } from '../run/compile-cache.ts';
import { readTrace, startTraced } from './strace.ts';
import { unsynced, wipe } from './wipe-unsynced.ts';

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));

/** What the crashes showed. */
export interface CrashPoints {
  points: number;
  /** Points at which what had not been synced was wiped as well. */
  wiped: number;
  acknowledged: number;
  violations: string[];
}

/**
 * Kills a writing store as it enters its nth sync, for many n; at every second point what was written and not synced is
 * wiped too, as a power cut would. Then the database has to open, to check, and to hold every acknowledged row.
 *
 * @param atOnce how many run side by side
 */
export async function proveCrashPoints(folder: string, points: number, atOnce: number): Promise<CrashPoints> {
  const found: CrashPoints = { points: 0, wiped: 0, acknowledged: 0, violations: [] };
  await warmUp(writer, [join(folder, 'warm-up.db')]);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < points) {
      const index = ++next;
      await provePoint(join(folder, `crash-${index}`), index, found);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return found;
}

/** The first hundred syncs one by one, migrations among them; then further apart, over several checkpoints. */
const syncOf = (index: number): number => (index <= 100 ? index : 100 + (index - 100) * 3);

async function provePoint(folder: string, index: number, found: CrashPoints): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'sahay.db');
  const n = syncOf(index);
  const trace = join(folder, 'trace');
  const acknowledged = await writeAndCrash(path, trace, n);
  if (index % 2 === 0) {
    wipe(unsynced(await readTrace(trace)));
    found.wiped++;
  }
  found.points++;
  found.acknowledged += acknowledged.length;
  found.violations.push(...(await damageOf(path, acknowledged)).map((what) => `sync ${n}: ${what}`));
  await rm(folder, { recursive: true, force: true });
}

async function writeAndCrash(path: string, trace: string, n: number): Promise<string[]> {
  const child = startTraced(writer, [path], {
    file: trace,
    calls: ['pwrite64', 'fsync', 'fdatasync'],
    bytes: 0,
    inject: `fsync,fdatasync:signal=SIGKILL:when=${n}`,
  });
  const acknowledged: string[] = [];
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout! })) acknowledged.push(line);
  await ended;
  return acknowledged;
}

/** What is wrong with a database that was crashed; opened by the product first, as the next start would. */
async function damageOf(path: string, acknowledged: readonly string[]): Promise<string[]> {
  try {
    await (await openSqliteStore({ path, tenantId: 'shop', policy: defaultPolicy })).close();
  } catch (error) {
    return [`it does not open: ${String(error)}`];
  }
  const db = new DatabaseSync(path);
  try {
    const check = db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    if (check !== 'ok') return [`it is damaged: ${String(check)}`];
    const rows = db.prepare("SELECT json ->> '$.parts[0].text' AS text FROM messages").all();
    const stored = new Set(rows.map(({ text }) => String(text).split(' ')[0]));
    return acknowledged
      .filter((marker) => !stored.has(marker))
      .map((marker) => `${marker} was acknowledged and is gone`);
  } finally {
    db.close();
  }
}
