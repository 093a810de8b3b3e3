import { words } from '../text/words.ts';

interface PatternWord {
  readonly text: string;
  readonly isPrefix: boolean;
}

/** A phrase found in a text: where it begins and how many words it takes. */
export interface PhraseMatch {
  readonly start: number;
  readonly length: number;
}

function parsePhrase(phrase: string): PatternWord[] {
  return phrase.split(/\s+/u).flatMap((part) => {
    const isPrefix = part.endsWith('*');
    const found = words(part);
    return found.map((text, at) => ({ text, isPrefix: isPrefix && at === found.length - 1 }));
  });
}

/** Finds any of a list of phrases among the words of a message. */
export class PhraseMatcher {
  readonly #byFirst = new Map<string, PatternWord[][]>();
  readonly #byPrefix: PatternWord[][] = [];

  /** @param phrases words in a row; `*` at a word's end stands for any ending */
  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) {
      const pattern = parsePhrase(phrase);
      const first = pattern[0];
      if (first === undefined) continue;
      if (first.isPrefix) this.#byPrefix.push(pattern);
      else this.#byFirst.set(first.text, [...(this.#byFirst.get(first.text) ?? []), pattern]);
    }
  }

  /** The longest phrase that begins at this word, 0 when none does. */
  lengthAt(wordList: readonly string[], start: number): number {
    const candidates = [...(this.#byFirst.get(wordList[start] ?? '') ?? []), ...this.#byPrefix];
    let longest = 0;
    for (const pattern of candidates) {
      const isHere = pattern.every(({ text, isPrefix }, at) => {
        const word = wordList[start + at];
        return word !== undefined && (isPrefix ? word.startsWith(text) : word === text);
      });
      if (isHere) longest = Math.max(longest, pattern.length);
    }
    return longest;
  }

  /** Every place where a phrase stands, first to last. */
  findAll(wordList: readonly string[]): PhraseMatch[] {
    return wordList
      .map((_, start) => ({ start, length: this.lengthAt(wordList, start) }))
      .filter(({ length }) => length > 0);
  }

  isIn(wordList: readonly string[]): boolean {
    return wordList.some((_, start) => this.lengthAt(wordList, start) > 0);
  }
}

/** True when the words are phrases of the two lists and nothing else, with at least one of the first. */
export function consistsOf(wordList: readonly string[], core: PhraseMatcher, filler: PhraseMatcher): boolean {
  let hasCore = false;
  for (let at = 0; at < wordList.length;) {
    const coreLength = core.lengthAt(wordList, at);
    const length = Math.max(coreLength, filler.lengthAt(wordList, at));
    if (length === 0) return false;
    if (coreLength > 0) hasCore = true;
    at += length;
  }
  return hasCore;
}
