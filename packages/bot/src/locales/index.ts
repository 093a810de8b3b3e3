import { ar } from './ar.ts';
import { bn } from './bn.ts';
import type { BotLocale } from './bot-locale.ts';
import { en } from './en.ts';

export type { BotLocale, BotPhrases, BotSentences, WordLists } from './bot-locale.ts';

/** The languages the bot speaks by itself; more can be given to `createBot`. */
export const BOT_LOCALES: readonly BotLocale[] = [en, bn, ar];

/** The locale of the first of these languages that has one, else English. */
export function localeFor(locales: readonly BotLocale[], ...langs: readonly string[]): BotLocale {
  for (const lang of langs) {
    const found = locales.find((locale) => locale.lang.split('-')[0] === lang.toLowerCase().split('-')[0]);
    if (found !== undefined) return found;
  }
  return en;
}
