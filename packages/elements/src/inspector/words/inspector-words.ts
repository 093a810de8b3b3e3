import { Locale } from '../../locales/locale.ts';
import { ar } from './ar.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import type { InspectorStrings } from './inspector-strings.ts';

const languages = new Map<string, InspectorStrings>([
  ['en', en],
  ['bn', bn],
  ['ar', ar],
]);
const made = new Map<string, Locale<InspectorStrings>>();

/** The inspector's words for a language tag; those of an unknown one are English. */
export function inspectorWords(tag: string): Locale<InspectorStrings> {
  const known = made.get(tag);
  if (known) return known;
  const strings = languages.get(tag) ?? languages.get(tag.split('-')[0] ?? '');
  const words = new Locale(strings ? tag : 'en', strings ?? en);
  made.set(tag, words);
  return words;
}
