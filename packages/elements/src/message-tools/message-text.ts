import type { Message, Part } from '@sahay/protocol';

/** What a message says, as text to be copied or searched: its words, and names of what is more. */
export function messageText({ parts }: Message): string {
  return parts.map(wordsOf).filter(Boolean).join('\n');
}

function wordsOf(part: Part): string {
  if (part.type === 'quote' || part.type === 'quick_replies') return '';
  if (part.type === 'card') return part.card.title;
  const { text, title, question, name, alt, fallbackText } = part as Partial<Record<string, string>>;
  return text ?? title ?? question ?? name ?? alt ?? fallbackText ?? '';
}
