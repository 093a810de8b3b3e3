import type { Survey } from '@sahay/protocol';
import type { Locale } from '../locales/locale.ts';

const questions = { csat: 'csatQuestion', nps: 'npsQuestion', ces: 'cesQuestion' } as const;

/** What a survey asks, in its own words or in the usual ones of its kind. */
export function surveyQuestion(
  { kind = 'csat', question }: { kind?: Survey['kind'] | undefined; question?: string | undefined },
  { strings }: Locale,
): string {
  return question ?? (kind === 'custom' ? '' : strings[questions[kind]]);
}
