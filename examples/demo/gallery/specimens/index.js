import { forms } from './forms.js';
import { talk } from './talk.js';
import { things } from './things.js';
import { cast } from './view.js';
import { wordsOf } from './words.js';

/**
 * Every part of a message in every state, in one language: sections of states, each with the messages that show it.
 *
 * @param {'en' | 'bn' | 'ar'} tag
 * @param {{ picture: string, model: string }} addresses of a picture and a model of the page's own
 */
export function specimens(tag, addresses) {
  const words = wordsOf(tag);
  const people = cast(words);
  return [talk, things, forms].flatMap((part) => part(words, people, addresses));
}
