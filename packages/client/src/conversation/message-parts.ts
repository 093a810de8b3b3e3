import type { Attachment, Part } from '@sahay/protocol';
import type { MessageInput } from '../conversation-handle.ts';
import { freshId } from '../ids.ts';
import { SahayError } from '../sahay-error.ts';

/** The parts of what somebody wants to say. */
export function partsOf(input: MessageInput): Part[] {
  const { text = '', parts = [] } = typeof input === 'string' ? { text: input } : input;
  const all: Part[] = text.trim() ? [{ partId: freshId('p'), type: 'text', text }, ...parts] : [...parts];
  if (all.length === 0)
    throw new SahayError('message_empty', 'The message says nothing. Write something, or attach a file.');
  return all;
}

/** The part that shows an attachment. */
export function partOfAttachment({ attachmentId, name, mediaType, size }: Attachment, alt?: string): Part {
  const part = { partId: freshId('p'), attachmentId, name, mediaType, size };
  return mediaType.startsWith('image/')
    ? { ...part, type: 'image', ...(alt && { alt }) }
    : { ...part, type: 'file' };
}
