import { enLater } from './en-later.ts';
import { en } from './en.ts';

/** Gives English the texts the window starts without. Whatever says one of them calls this before it is drawn. */
export function completeEnglish(): void {
  Object.assign(en, enLater);
}
