import type { Limits } from './generated/types.ts';

/** What a backend accepts unless its discovery document says otherwise. Lengths are UTF-16 code units, sizes bytes. */
export const defaultLimits: Limits = {
  maxTextLength: 16_000,
  maxFrameBytes: 262_144,
  maxAttachmentBytes: 10_485_760,
  attachmentTypes: [
    ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain'],
    ...['audio/webm', 'audio/mp4', 'audio/ogg', 'audio/mpeg'],
  ],
};
