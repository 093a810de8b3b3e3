import { defaultLimits, type Limits } from '@sahay/protocol';

/** The tenant of a reference server. */
export const tenantId = 'reference';
/** The bot of a reference server. */
export const bot = { id: 'bot', role: 'bot', name: 'Reference bot' } as const;
/** How often clients of a reference server ping, in ms. */
export const heartbeatMs = 25_000;
/** Small limits, so that going over them costs nothing. */
export const limits: Limits = { ...defaultLimits, maxFrameBytes: 65_536, maxAttachmentBytes: 100_000 };
