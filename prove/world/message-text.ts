import type { Message } from '@sahay/protocol';

/** What people write: the message's number, and words enough to be a message. */
export function textOf(message: number, filler: string): string {
  return `#${message} ${filler}`;
}

/**
 * The number of a message, by which the history knows it; for what the bot or the server wrote, a negative number made of
 * its id.
 */
export function numberOf({ id, parts }: Pick<Message, 'id' | 'parts'>): number {
  const [part] = parts;
  const text = part?.type === 'text' && 'text' in part && typeof part.text === 'string' ? part.text : '';
  return numberInText(text) ?? numberOfId(id);
}

/** The number that a text begins with. */
export function numberInText(text: string): number | undefined {
  if (!text.startsWith('#')) return undefined;
  const end = text.indexOf(' ');
  const number = Number(text.slice(1, end < 0 ? undefined : end));
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** FNV-1a over the id, below zero. Within one conversation a handful of messages have such a number. */
export function numberOfId(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return -((hash >>> 1) + 1);
}
