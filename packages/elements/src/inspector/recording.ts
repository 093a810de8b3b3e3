import type { Inspection } from '@sahay/client';
import { after, nothingYet, type Moment } from './moment.ts';

/** Larger files are not read, in characters. */
const longest = 50_000_000;

/** What was seen of a client, as it is saved. */
export interface Recording {
  format: 'sahay-recording';
  version: 1;
  /** When it was saved, ISO 8601. */
  savedAt: string;
  /** How much of the beginning is not in it any more. */
  dropped: number;
  /** Where the client stood before the first entry. */
  base: SavedMoment;
  entries: readonly Inspection[];
}

/** A {@link Moment} as plain data. */
type SavedMoment = Omit<Moment, 'outbox' | 'talks'> & {
  outbox: [string, unknown][];
  talks: [string, unknown][];
};

/** A recording that can be stepped through. */
export interface Replay {
  readonly base: Moment;
  readonly entries: readonly Inspection[];
  readonly dropped: number;
}

const tokenName =
  /^(token|accessToken|refreshToken|refreshSecret|sessionSecret|secret|authorization|cookie|password)$/i;
const jsonWebToken = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g;

/** The same without tokens: fields that are named like one, and JSON Web Tokens wherever they stand. */
export function redacted<T>(value: T): T {
  const text = JSON.stringify(value, (key, one: unknown) =>
    typeof one !== 'string' ? one : tokenName.test(key) ? '…' : one.replace(jsonWebToken, '…'),
  );
  return JSON.parse(text) as T;
}

/** A replay as a file. */
export function toRecording({ base, entries, dropped }: Replay, now: number): Recording {
  return redacted({
    format: 'sahay-recording',
    version: 1,
    savedAt: new Date(now).toISOString(),
    dropped,
    base: { ...base, outbox: [...base.outbox], talks: [...base.talks] },
    entries,
  });
}

/**
 * Reads a recording, and plays it once, so that what cannot be replayed is found now.
 *
 * @throws Error that says what is wrong with the file
 */
export function readRecording(text: string): Replay {
  if (text.length > longest) throw new Error(`The file has more than ${longest} characters.`);
  const recording = JSON.parse(text) as Partial<Recording> | null;
  if (recording?.format !== 'sahay-recording' || recording.version !== 1)
    throw new Error('The file is no recording of version 1, saved by <sahay-inspector>.');
  const { entries, dropped = 0 } = recording;
  const base = baseOf(recording.base);
  if (!Array.isArray(entries)) throw new Error('The recording has no entries.');
  let moment = base;
  for (const [index, entry] of (entries as readonly unknown[]).entries()) {
    if (!isInspection(entry)) throw new Error(`Entry ${index} of the recording is of no known kind.`);
    try {
      moment = after(moment, entry);
    } catch (cause) {
      throw new Error(`Entry ${index} of the recording cannot be replayed.`, { cause });
    }
  }
  return { base, entries: entries as readonly Inspection[], dropped: Number(dropped) || 0 };
}

function baseOf(saved: SavedMoment | undefined): Moment {
  if (!saved) return nothingYet;
  const { outbox, talks, cursors } = saved;
  if (![outbox, talks, cursors].every(Array.isArray))
    throw new Error('The beginning of the recording is damaged.');
  return { ...saved, outbox: new Map(outbox), talks: new Map(talks) } as Moment;
}

function isInspection(value: unknown): value is Inspection {
  if (typeof value !== 'object' || value === null) return false;
  const { at, kind, frame, entries, cursors } = value as Record<string, unknown>;
  if (typeof at !== 'number') return false;
  switch (kind) {
    case 'frame':
      return typeof (frame as { type?: unknown } | null)?.type === 'string';
    case 'outbox':
      return Array.isArray(entries);
    case 'cursors':
      return Array.isArray(cursors);
    default:
      return kind === 'state' || kind === 'tab';
  }
}
