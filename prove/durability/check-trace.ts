import type { Call } from './trace.ts';

const writes = new Set(['pwrite64', 'pwritev', 'write']);
const sends = new Set(['write', 'writev', 'sendto', 'sendmsg']);
const syncs = new Set(['fsync', 'fdatasync']);

/** An acknowledgement as it left the process: who was told that which row is on disk. */
export interface TracedAck {
  /** A text that the row holds and nothing else does. */
  marker: string;
  call: Call;
}

/** What a trace showed. */
export interface SyncOrder {
  acknowledgements: number;
  syncs: number;
  /** Acknowledgements that left without a completed sync after the row was written, in words. */
  violations: string[];
}

const isDatabase = (path: string): boolean => path.endsWith('.db') || path.endsWith('.db-wal');

/**
 * Whether each acknowledgement left after a sync that covers its row: begun after the row was written to the file, ended
 * with success, and ended before the acknowledgement's write began.
 *
 * @param markersIn the rows that are acknowledged in what a call sends
 */
export function checkSyncOrder(calls: readonly Call[], markersIn: (args: string) => string[]): SyncOrder {
  const acknowledgements = calls.flatMap((call) =>
    sends.has(call.name) && !isDatabase(call.path)
      ? markersIn(call.args).map((marker) => ({ marker, call }))
      : [],
  );
  const written = firstWrites(calls, new Set(acknowledgements.map(({ marker }) => marker)));
  const done = calls.filter((call) => syncs.has(call.name) && call.result === '0');
  const violations: string[] = [];
  for (const { marker, call } of acknowledgements) {
    const row = written.get(marker);
    if (!row) violations.push(`${marker} was acknowledged and never written`);
    else if (
      !done.some((sync) => sync.path === row.path && sync.began > row.ended && sync.ended < call.began)
    )
      violations.push(`${marker} was acknowledged before a sync of its row had ended`);
  }
  return { acknowledgements: acknowledgements.length, syncs: done.length, violations };
}

/** Where each row was written first. */
function firstWrites(calls: readonly Call[], markers: ReadonlySet<string>): Map<string, Call> {
  const first = new Map<string, Call>();
  for (const call of calls) {
    if (!writes.has(call.name) || !isDatabase(call.path)) continue;
    for (const [marker] of call.args.matchAll(/#[\w-]+\.\d+ /g)) {
      const key = marker.trim();
      if (markers.has(key) && !first.has(key)) first.set(key, call);
    }
  }
  return first;
}

/** Acknowledgements that left after the first failed sync had ended: there must be none. */
export function acknowledgedAfterFailure(
  calls: readonly Call[],
  markersIn: (args: string) => string[],
): string[] {
  const failed = calls.find((call) => syncs.has(call.name) && call.result?.includes('EIO'));
  if (!failed) return ['no sync failed'];
  return calls.flatMap((call) =>
    sends.has(call.name) && !isDatabase(call.path) && call.began > failed.ended ? markersIn(call.args) : [],
  );
}
