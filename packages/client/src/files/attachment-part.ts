import type { Attachment, Part } from '@sahay/protocol';
import { freshId } from '../ids.ts';

/** The part that shows an attachment. */
export function partOfAttachment({ attachmentId, name, mediaType, size }: Attachment, alt?: string): Part {
  const part = { partId: freshId('p'), attachmentId, name, mediaType, size };
  return mediaType.startsWith('image/')
    ? { ...part, type: 'image', ...(alt && { alt }) }
    : { ...part, type: 'file' };
}
