import { closeCodes, type CloseReaction, type ErrorCode } from '@sahay/protocol';
import type { ConnectionCause } from '../connector/log-connector.ts';

/** What a close means. */
export interface Closing {
  reaction: CloseReaction;
  cause: ConnectionCause;
  /** The error behind it, where there is one to show. */
  code?: ErrorCode;
  /** Wait at least this long, in ms. */
  pauseMs?: number;
}

const meanings: Record<number, Omit<Closing, 'reaction'>> = {
  1001: { cause: 'server_restart' },
  1009: { cause: 'connection_lost', code: 'frame_too_large' },
  1012: { cause: 'server_restart' },
  4400: { cause: 'invalid_frame', code: 'invalid_frame' },
  4401: { cause: 'token_refused' },
  4403: { cause: 'origin_refused', code: 'origin_refused' },
  4406: { cause: 'version_refused', code: 'unsupported_version' },
  4410: { cause: 'session_ended', code: 'unauthenticated' },
  4429: { cause: 'rate_limited', code: 'rate_limited', pauseMs: 2_000 },
};

/** What a close code means; a code that nobody documented is a lost connection. */
export function closingOf(code: number): Closing {
  const known = (closeCodes as Record<number, { reaction: CloseReaction }>)[code];
  return { reaction: known?.reaction ?? 'reconnect', ...(meanings[code] ?? { cause: 'connection_lost' }) };
}
