import { normalizeText } from './normalize.ts';

/** Letters with their marks, and digits: without `\p{M}` every Bengali word falls to pieces. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** An apostrophe between letters belongs to the word: "didn't" is one word, "didnt". */
const INNER_APOSTROPHE = /(?<=\p{L})['\u2019\u02BC](?=\p{L})/gu;

/**
 * The words of a text in order, normalised, in any script.
 *
 * @example words("I didn't get it!") // ['i', 'didnt', 'get', 'it']
 */
export function words(text: string): string[] {
  return normalizeText(text).replace(INNER_APOSTROPHE, '').match(WORD) ?? [];
}
