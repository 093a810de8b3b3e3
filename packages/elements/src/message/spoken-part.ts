import type { Part } from '@sahay/protocol';
import type { Locale } from '../locales/locale.ts';
import { surveyQuestion } from '../survey/survey-question.ts';
import { noticeText } from './notice.ts';

/** A part that is more than text, as words to be read aloud. */
export function spokenPart(part: Part, locale: Locale): string {
  switch (part.type) {
    case 'image':
      return locale.text('image', { name: part.alt ?? part.name });
    case 'file':
    case 'audio':
    case 'video':
      return part.name;
    case 'citation':
      return `${locale.strings.source}: ${part.title}`;
    case 'notice':
      return noticeText(part, locale);
    case 'quick_replies':
      return part.options.map(({ label }) => label).join(', ');
    case 'survey':
      return surveyQuestion(part, locale);
    default:
      return part.fallbackText ?? '';
  }
}
