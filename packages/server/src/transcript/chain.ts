import { createHash } from 'node:crypto';
import type { TranscriptEntry } from '@sahay/protocol';
import { canonical } from '@sahay/protocol/core';

/** The link before the first entry. */
export const noLink = '';

const sha256 = (lines: readonly (string | number)[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('base64url');

/** An event's digest: of its salt, without which nobody can try out what an erased event may have said, and all it holds. */
export function digestOfEvent(
  salt: string,
  { id, type, time, data }: { id: string; type: string; time: string; data: object },
): string {
  return sha256([salt, canonical({ id, type, time, data })]);
}

/** An entry's link, which fixes all that came before it. */
export function linkOf(
  before: string,
  { seq, type, time, digest }: Pick<TranscriptEntry, 'seq' | 'type' | 'time' | 'digest'>,
): string {
  return sha256([before, seq, type, time, digest]);
}
