import { terms } from '../text/terms.ts';
import { words } from '../text/words.ts';

/** Characters of a question that are searched for; more than a page of text says nothing more precise. */
export const LONGEST_QUESTION = 2000;
const MOST_TERMS = 40;

/** A question as the index sees it. */
export interface Question {
  readonly words: readonly string[];
  /** Different stems of the telling words, at most 40. */
  readonly terms: readonly string[];
}

/** Cuts a text without parting a surrogate pair. */
function cut(text: string): string {
  const short = text.slice(0, LONGEST_QUESTION);
  return /[\uD800-\uDBFF]$/u.test(short) ? short.slice(0, -1) : short;
}

/** Prepares a visitor's text for the search; the work is bounded however long the text is. */
export function toQuestion(text: string, lang: string): Question {
  const short = cut(text);
  return {
    words: words(short).slice(0, 4 * MOST_TERMS),
    terms: [...new Set(terms(short, lang))].slice(0, MOST_TERMS),
  };
}
