import { Locale } from '@sahay/elements/internal';
import { ar } from './ar.ts';
import { bn } from './bn.ts';
import type { ConsoleStrings } from './console-strings.ts';
import { en } from './en.ts';

const languages = new Map<string, ConsoleStrings>([
  ['en', en],
  ['bn', bn],
  ['ar', ar],
]);
const made = new Map<string, Locale<ConsoleStrings>>();

/**
 * Adds a language to the console, or replaces words of one; what is missing is said in English. Add the same language to the
 * visitor's elements with their `registerLocale`: that is where the console finds which language to speak.
 *
 * @example registerConsoleLocale('de', { inbox: 'Posteingang' });
 */
export function registerConsoleLocale(tag: string, strings: Partial<ConsoleStrings>): void {
  languages.set(tag, { ...(languages.get(tag) ?? en), ...strings });
  made.clear();
}

/** The language we have that serves a tag: `bn` for `bn-BD`. */
function served(tag: string): string | undefined {
  return [tag, tag.split('-')[0] ?? ''].find((one) => languages.has(one));
}

/** Whether the console speaks a language. */
export function hasConsoleLocale(tag: string): boolean {
  return served(tag) !== undefined;
}

/** The console's words for a language tag; those of an unknown one are English. */
export function consoleLocale(tag: string): Locale<ConsoleStrings> {
  const known = made.get(tag);
  if (known) return known;
  const name = served(tag);
  const locale = new Locale(name ? tag : 'en', languages.get(name ?? 'en') ?? en);
  made.set(tag, locale);
  return locale;
}
