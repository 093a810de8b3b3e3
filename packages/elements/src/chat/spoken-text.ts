import type { Message, Part } from '@sahay/protocol';
import type { Locale } from '../locales/locale.ts';
import { noticeText } from '../message/notice.ts';

/** A message as words to be read aloud, without the marks of Markdown. */
export function spokenText({ parts }: Message, locale: Locale): string {
  return parts
    .map((part) => spokenPart(part, locale))
    .filter(Boolean)
    .join(' ');
}

function spokenPart(part: Part, locale: Locale): string {
  switch (part.type) {
    case 'text':
      return part.format === 'markdown' ? withoutMarks(part.text) : part.text;
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
    default:
      return part.fallbackText ?? '';
  }
}

function withoutMarks(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|>|[-+*])\s+/gm, '')
    .replace(/[*_`~]{1,3}/g, '');
}
