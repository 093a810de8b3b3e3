import { stem } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { words } from './words.ts';

/**
 * The stems of a text's telling words, in order, repeated as often as they occur.
 *
 * @example terms('How do I change my passwords?', 'en') // ['chang', 'password']
 */
export function terms(text: string, lang: string): string[] {
  const stops = stopWords(lang);
  // Half the world's questions are sprinkled with English.
  const english = stopWords('en');
  return words(text)
    .filter((word) => !stops.has(word) && !english.has(word))
    .map((word) => stem(word, lang));
}
