import type { Message } from '@sahay/protocol';
import type { Locale } from '../locales/locale.ts';
import { renderer } from '../message/lazy-renderers.ts';

/**
 * A message as words to be read aloud, without the marks of Markdown. What is more than text is put into words by a part that
 * arrives when first needed: until then there is nothing to say, and `arrived` is called once there is.
 */
export function spokenText({ parts }: Message, locale: Locale, arrived: () => void): string | undefined {
  const words: string[] = [];
  for (const part of parts) {
    if (part.type === 'text') words.push(part.format === 'markdown' ? withoutMarks(part.text) : part.text);
    else {
      const rich = renderer('rich', arrived);
      if (!rich) return undefined;
      words.push(rich.spokenPart(part, locale));
    }
  }
  return words.filter(Boolean).join(' ');
}

function withoutMarks(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|>|[-+*])\s+/gm, '')
    .replace(/[*_`~]{1,3}/g, '');
}
