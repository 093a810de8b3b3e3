import type { Message, Part, SurveyPart, Transcript } from '@sahay/protocol';
import { applyToMessage, messageIdOf, type Fact } from '@sahay/protocol/core';

/** The messages of a transcript as they stood at its end, oldest first, and how many of its entries say nothing any more. */
export function messagesIn({ entries }: Transcript): { messages: Message[]; withheld: number } {
  const messages = new Map<string, Message>();
  let withheld = 0;
  for (const { type, data, time } of entries) {
    if (data === undefined) {
      withheld++;
      continue;
    }
    const fact = { type, data, time } as Fact;
    const id = messageIdOf(fact);
    const message = id === undefined ? undefined : applyToMessage(messages.get(id), fact);
    if (id !== undefined && message) messages.set(id, message);
  }
  return { messages: [...messages.values()], withheld };
}

/** What a message says, for reading: its text as it was written, and what else it holds by its name. */
export const saidIn = (message: Message): string => message.parts.map(lineOf).filter(Boolean).join('\n');

function lineOf(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'image':
    case 'file':
    case 'audio':
    case 'video':
      return `[${part.name}]`;
    case 'quick_replies':
      return part.options.map(({ label }) => `( ${label} )`).join(' ');
    case 'card':
      return `[${part.card.title}]`;
    case 'carousel':
      return part.cards.map(({ title }) => `[${title}]`).join('\n');
    case 'form':
      return [part.title, ...Object.entries(part.submitted ?? {}).map(([name, value]) => `${name}: ${value}`)]
        .filter(Boolean)
        .join('\n');
    case 'survey':
      return surveyLines(part);
    case 'citation':
      return `[${part.title}]${part.url ? ` ${part.url}` : ''}`;
    case 'quote':
      return part.text.replace(/^/gm, '> ');
    case 'reasoning':
    case 'tool_status':
      return '';
    default:
      return part.fallbackText ? `[${part.fallbackText}]` : '';
  }
}

/** What was asked, and what was answered. */
function surveyLines({ kind = 'csat', question, fallbackText = kind, answers = {} }: SurveyPart): string {
  const { score, comment, fields = {} } = answers;
  const others = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [`[${question ?? fallbackText}]`, score === undefined ? '' : String(score), comment, ...others]
    .filter(Boolean)
    .join('\n');
}
