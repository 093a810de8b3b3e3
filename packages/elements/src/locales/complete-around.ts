import { completeEnglish } from './complete-english.ts';
import { enAround } from './en-around.ts';
import { en } from './en.ts';

/** Gives English all its texts, those around the conversation included. Whatever says one of them calls this before it is drawn. */
export function completeAround(): void {
  completeEnglish();
  Object.assign(en, enAround);
}
