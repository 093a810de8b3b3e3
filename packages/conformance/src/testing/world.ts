import { defaultLimits, type Limits } from '@sahay/protocol';

/** The tenant of a reference server. */
export const tenantId = 'reference';
/** The bot of a reference server. */
export const bot = { id: 'bot', role: 'bot', name: 'Reference bot' } as const;
/** Small limits, so that going over them costs nothing. */
export const limits: Limits = { ...defaultLimits, maxFrameBytes: 65_536, maxAttachmentBytes: 100_000 };
