/** What a client does after a close. */
export type CloseReaction = 'reconnect' | 'refresh' | 'stop';
/** A documented WebSocket close code. */
export type CloseCode = keyof typeof closeCodes;

/** Why a server closes a socket, and what the client does then. */
export const closeCodes = {
  1001: { reason: 'going away', reaction: 'reconnect' },
  1009: { reason: 'frame too large', reaction: 'reconnect' },
  1011: { reason: 'internal error', reaction: 'reconnect' },
  1012: { reason: 'service restart', reaction: 'reconnect' },
  4400: { reason: 'invalid frame', reaction: 'reconnect' },
  4401: { reason: 'token refused', reaction: 'refresh' },
  4403: { reason: 'origin refused', reaction: 'stop' },
  4406: { reason: 'no common version', reaction: 'stop' },
  4408: { reason: 'no hello in time', reaction: 'reconnect' },
  4410: { reason: 'session ended', reaction: 'stop' },
  4429: { reason: 'too many frames', reaction: 'reconnect' },
} as const satisfies Record<number, { reason: string; reaction: CloseReaction }>;
