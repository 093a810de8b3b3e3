import type { Attachment, Part } from '@sahay/protocol';
import { freshId } from '../ids.ts';

/** The part that shows an attachment: what can be seen or heard is, all else is a file. */
export function partOfAttachment({ attachmentId, name, mediaType, size }: Attachment, alt?: string): Part {
  const part = { partId: freshId('p'), attachmentId, name, mediaType, size };
  const kind = mediaType.split('/')[0];
  switch (kind) {
    case 'image':
    case 'video':
      return { ...part, type: kind, ...(alt && { alt }) };
    case 'audio':
      return { ...part, type: kind };
    default:
      return { ...part, type: 'file' };
  }
}
