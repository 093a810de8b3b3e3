import type { Inspection } from '@sahay/client';
import { after, nothingYet, type Moment } from './moment.ts';
import { redacted, type Replay } from './recording.ts';

/** How much is kept. What is older is folded into where the recording begins. */
export interface RecorderLimits {
  entries: number;
  /** Characters of all entries as JSON. */
  characters: number;
}

const defaultLimits: RecorderLimits = { entries: 5_000, characters: 8_000_000 };

/** Keeps what was seen of a client: as much as fits, without tokens, and where the client stands now. */
export class Recorder implements Replay {
  readonly #limits: RecorderLimits;
  #entries: Inspection[] = [];
  #sizes: number[] = [];
  #characters = 0;
  #dropped = 0;
  #base: Moment;
  #now: Moment;

  /** @param base where the client stood before. */
  constructor(base: Moment = nothingYet, limits: Partial<RecorderLimits> = {}) {
    this.#base = this.#now = base;
    this.#limits = { ...defaultLimits, ...limits };
  }

  get base(): Moment {
    return this.#base;
  }
  get entries(): readonly Inspection[] {
    return this.#entries;
  }
  get dropped(): number {
    return this.#dropped;
  }
  /** Where the client stands. */
  get now(): Moment {
    return this.#now;
  }

  add(seen: Inspection): void {
    const entry = redacted(seen);
    const size = JSON.stringify(entry).length;
    this.#entries.push(entry);
    this.#sizes.push(size);
    this.#characters += size;
    this.#now = after(this.#now, entry);
    const { entries, characters } = this.#limits;
    if (this.#entries.length > entries || this.#characters > characters) this.#drop();
  }

  /** Forgets what was seen, not where the client stands. */
  clear(): void {
    this.#entries = [];
    this.#sizes = [];
    this.#characters = this.#dropped = 0;
    this.#base = this.#now;
  }

  /** A tenth at once, so that it is done seldom; more where single entries are large. */
  #drop(): void {
    const { entries, characters } = this.#limits;
    let count = 0;
    while (
      count < this.#entries.length &&
      (this.#entries.length - count > entries * 0.9 || this.#characters > characters * 0.9)
    ) {
      this.#base = after(this.#base, this.#entries[count]!);
      this.#characters -= this.#sizes[count]!;
      count++;
    }
    this.#entries = this.#entries.slice(count);
    this.#sizes = this.#sizes.slice(count);
    this.#dropped += count;
  }
}
