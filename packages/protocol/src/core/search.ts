import type { Message, Part } from '../generated/types.ts';

/** Text as a search compares it: without differences of case, and without the marks that Arabic may be written with or without. */
export const folded = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u0640\u064b-\u0652\u0670]/g, '');

/** What a message says, as text to be copied or searched: its words, and names of what is more. */
export function messageText({ parts }: Message): string {
  return parts.map(wordsOf).filter(Boolean).join('\n');
}

function wordsOf(part: Part): string {
  if (part.type === 'quote' || part.type === 'quick_replies' || part.type === 'reasoning') return '';
  if (part.type === 'card') return part.card.title;
  if (part.type === 'carousel') return part.cards.map(({ title }) => title).join('\n');
  const { text, title, question, name, alt, fallbackText } = part as Partial<Record<string, string>>;
  return text ?? title ?? question ?? name ?? alt ?? fallbackText ?? '';
}

/**
 * Whether a message says something. Backends and clients ask the same, so that what one finds the other would.
 *
 * @param wanted as {@link folded} gives it
 */
export const saysWords = (message: Message, wanted: string): boolean =>
  folded(messageText(message)).includes(wanted);
