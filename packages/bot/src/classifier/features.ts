import { wordNgrams } from '../text/char-ngrams.ts';
import { words } from '../text/words.ts';
import { sparseVector, type SparseVector } from './sparse-vector.ts';

/** Longer texts are cut to this many words: nobody's question gets clearer after it, and the work stays bounded. */
const MOST_WORDS = 200;

/** Turns a phrase into numbers, with a vocabulary learnt from the training phrases. */
export interface FeatureSpace {
  readonly size: number;
  transform(text: string): SparseVector;
}

interface Vocabulary {
  readonly columns: ReadonlyMap<string, number>;
  readonly idf: Float64Array;
}

function wordGrams(wordList: readonly string[]): string[] {
  const pairs = wordList.slice(1).map((word, at) => `${wordList[at] ?? ''} ${word}`);
  return [...wordList, ...pairs];
}

function counts(grams: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const gram of grams) found.set(gram, (found.get(gram) ?? 0) + 1);
  return found;
}

/** Smooth inverse document frequency, ln((1 + n) / (1 + df)) + 1 (Pedregosa et al. 2011, scikit-learn). */
function learnVocabulary(documents: readonly string[][], fewest: number): Vocabulary {
  const documentFrequency = new Map<string, number>();
  for (const document of documents) {
    for (const gram of new Set(document)) documentFrequency.set(gram, (documentFrequency.get(gram) ?? 0) + 1);
  }
  const columns = new Map<string, number>();
  const idf: number[] = [];
  for (const [gram, frequency] of documentFrequency) {
    if (frequency < fewest) continue;
    columns.set(gram, idf.length);
    idf.push(Math.log((1 + documents.length) / (1 + frequency)) + 1);
  }
  return { columns, idf: Float64Array.from(idf) };
}

/** Adds one group's TF-IDF cells, scaled to unit length so that no group drowns the other. */
function addCells(
  cells: Map<number, number>,
  grams: readonly string[],
  vocabulary: Vocabulary,
  offset: number,
): void {
  const group: [number, number][] = [];
  let square = 0;
  for (const [gram, count] of counts(grams)) {
    const column = vocabulary.columns.get(gram);
    if (column === undefined) continue;
    const value = (1 + Math.log(count)) * (vocabulary.idf[column] as number);
    square += value * value;
    group.push([column + offset, value]);
  }
  const length = Math.sqrt(square);
  for (const [column, value] of group) cells.set(column, value / length);
}

/**
 * Learns a feature space from phrases: words and word pairs, and character 2-5-grams inside words, TF-IDF,
 * each group of unit length. Character n-grams carry typos, inflection and scripts without spaces.
 */
export function learnFeatures(texts: readonly string[]): FeatureSpace {
  const wordLists = texts.map((text) => words(text).slice(0, MOST_WORDS));
  // A gram seen once in thousands of phrases says nothing; in a few dozen it may be the only hint.
  const fewest = texts.length > 2000 ? 2 : 1;
  const byWord = learnVocabulary(wordLists.map(wordGrams), fewest);
  const byCharacter = learnVocabulary(
    wordLists.map((list) => wordNgrams(list, 2, 5)),
    fewest,
  );
  return {
    size: byWord.idf.length + byCharacter.idf.length,
    transform(text) {
      const list = words(text).slice(0, MOST_WORDS);
      const cells = new Map<number, number>();
      addCells(cells, wordGrams(list), byWord, 0);
      addCells(cells, wordNgrams(list, 2, 5), byCharacter, byWord.idf.length);
      return sparseVector(cells);
    },
  };
}
