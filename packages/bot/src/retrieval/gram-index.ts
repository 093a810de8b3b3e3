import { wordNgrams } from '../text/char-ngrams.ts';

/** A short text that stands for its owner: a title, an example phrasing, a heading. */
export interface GramEntry {
  readonly owner: number;
  readonly words: readonly string[];
  /** How much a likeness to this text counts, 0 to 1. */
  readonly weight: number;
}

function gramCounts(wordList: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const gram of wordNgrams(wordList, 3, 4)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return counts;
}

/**
 * Finds short texts that look alike: cosine of TF-IDF vectors over character 3- and 4-grams inside words
 * (Manning, Raghavan & Schütze 2008, chapters 3 and 6). Robust to typos and inflection in any script.
 */
export class GramIndex {
  readonly #postings = new Map<string, { entry: number; value: number }[]>();
  readonly #idf = new Map<string, number>();
  readonly #entries: readonly GramEntry[];
  readonly #unseen: number;

  constructor(entries: readonly GramEntry[]) {
    this.#entries = entries;
    this.#unseen = Math.log(1 + entries.length) + 1;
    const counted = entries.map((entry) => gramCounts(entry.words));
    const frequency = new Map<string, number>();
    for (const counts of counted) {
      for (const gram of counts.keys()) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
    }
    for (const [gram, count] of frequency)
      this.#idf.set(gram, Math.log((1 + entries.length) / (1 + count)) + 1);
    counted.forEach((counts, entry) => {
      for (const [gram, value] of this.#unitVector(counts)) {
        const postings = this.#postings.get(gram) ?? [];
        postings.push({ entry, value });
        this.#postings.set(gram, postings);
      }
    });
  }

  #unitVector(counts: ReadonlyMap<string, number>): [string, number][] {
    const cells = [...counts].map(([gram, count]): [string, number] => [
      gram,
      (1 + Math.log(count)) * (this.#idf.get(gram) ?? this.#unseen),
    ]);
    const length = Math.sqrt(cells.reduce((sum, [, value]) => sum + value * value, 0)) || 1;
    return cells.map(([gram, value]) => [gram, value / length]);
  }

  /** Each owner's best likeness to the words, 0 to 1; owners without any are missing. */
  likeness(wordList: readonly string[]): Map<number, number> {
    const sums = new Float64Array(this.#entries.length);
    for (const [gram, value] of this.#unitVector(gramCounts(wordList))) {
      for (const posting of this.#postings.get(gram) ?? []) {
        sums[posting.entry] = (sums[posting.entry] ?? 0) + value * posting.value;
      }
    }
    const best = new Map<number, number>();
    this.#entries.forEach(({ owner, weight }, at) => {
      const likeness = Math.min(1, sums[at] ?? 0) * weight;
      if (likeness > (best.get(owner) ?? 0)) best.set(owner, likeness);
    });
    return best;
  }
}
