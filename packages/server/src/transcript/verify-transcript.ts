import type { Transcript } from '@sahay/protocol';
import { digestOfEvent, linkOf, noLink } from './chain.ts';

/** What looking a transcript over came to. */
export type TranscriptVerdict =
  | {
      valid: true;
      /** Entries in all, and those of which only the digest is left. */
      entries: number;
      withheld: number;
      head: string;
    }
  | {
      valid: false;
      /** The place where it stops being right; absent when the transcript as a whole does not fit. */
      seq?: number | undefined;
      reason: string;
    };

/**
 * Checks that a transcript is whole: numbers dense from 1, each digest that of its event, each link that of all before. A
 * transcript from before an erasure and one from after share their links up to there.
 *
 * @param knownHead the head of an earlier transcript of the same stream, which must be a link of this one
 * @example verifyTranscript(JSON.parse(await readFile('transcript.json', 'utf8')));
 */
export function verifyTranscript({ entries, head }: Transcript, knownHead?: string): TranscriptVerdict {
  let link = noLink;
  let withheld = 0;
  let isKnown = knownHead === undefined || knownHead === noLink;
  for (const [index, entry] of entries.entries()) {
    const { seq, id, type, time, data, salt, digest } = entry;
    if (seq !== index + 1) return { valid: false, seq: index + 1, reason: `Entry ${index + 1} is missing.` };
    if (data === undefined || salt === undefined || id === undefined) withheld++;
    else if (digestOfEvent(salt, { id, type, time, data }) !== digest)
      return { valid: false, seq, reason: `Entry ${seq} does not say what its digest says.` };
    link = linkOf(link, entry);
    if (link !== entry.link) return { valid: false, seq, reason: `The chain breaks at entry ${seq}.` };
    isKnown ||= link === knownHead;
  }
  if (link !== head)
    return { valid: false, reason: 'The head is not the last link: entries are missing at the end.' };
  if (!isKnown)
    return { valid: false, reason: 'The known head is not in this chain: what came before was changed.' };
  return { valid: true, entries: entries.length, withheld, head };
}
