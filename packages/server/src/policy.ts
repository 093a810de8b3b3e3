import { defaultLimits, type Limits, type Part, type Participant, type Survey } from '@sahay/protocol';
import type { Policy } from '@sahay/protocol/core';

/** A {@link Policy} as plain data, so that it can cross into the storage worker. */
export interface PolicyData extends Omit<Policy, 'greeting' | 'bot' | 'limits' | 'surveyOnClose'> {
  limits: Limits;
  bot?: Participant | undefined;
  surveyOnClose?: Survey['kind'] | undefined;
  /** What the bot says first, by language tag, such as `{ en: […], bn: […] }`. */
  greetings: Record<string, Part[]>;
  /** Whether an agent's answers are e-mailed to visitors who left an address and went. */
  emailsAnswers?: boolean | undefined;
  /** The language of `greetings` for visitors whose own is not among them. Default `en`. */
  fallbackLocale?: string | undefined;
}

/** A policy without a bot: conversations start in the queue. */
export const defaultPolicy: PolicyData = { limits: defaultLimits, greetings: {} };

/** The entry for a locale: the tag itself, else its language, else the fallback. */
export function localised<T>(entries: Record<string, T>, locale: string, fallback = 'en'): T | undefined {
  const language = locale.split('-')[0] ?? locale;
  const key = [locale, language, fallback].find((tag) => Object.hasOwn(entries, tag));
  return key === undefined ? undefined : entries[key];
}

/** The policy that the core asks, made of its data. */
export function policyOf({ greetings, fallbackLocale, ...data }: PolicyData): Policy {
  return { ...data, greeting: (locale) => localised(greetings, locale, fallbackLocale) ?? [] };
}
