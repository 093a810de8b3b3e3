import { closeSync, existsSync, openSync, statSync, writeSync } from 'node:fs';
import type { Call } from './trace.ts';

/** A stretch of a file. */
type Stretch = { path: string; offset: number; length: number };

/** What was written to each file after its last sync that had ended: what a power cut may take. */
export function unsynced(calls: readonly Call[]): Stretch[] {
  const lastSync = new Map<string, number>();
  for (const call of calls)
    if ((call.name === 'fsync' || call.name === 'fdatasync') && call.result === '0')
      lastSync.set(call.path, call.began);
  return calls.flatMap((call) => {
    if (call.name !== 'pwrite64' || call.ended < (lastSync.get(call.path) ?? -1)) return [];
    // The last two arguments are how much, and where.
    const [length, offset] = call.args.split(', ').slice(-2).map(Number);
    return Number.isFinite(length) && Number.isFinite(offset)
      ? [{ path: call.path, offset: offset!, length: length! }]
      : [];
  });
}

/** Overwrites with zeros what was not synced, as if it had never reached the disk. */
export function wipe(stretches: readonly Stretch[]): void {
  for (const { path, offset, length } of stretches) {
    if (!existsSync(path)) continue;
    const size = Math.min(length, statSync(path).size - offset);
    if (size <= 0) continue;
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(size), 0, size, offset);
    closeSync(file);
  }
}
