import type { CloseCode, ErrorCode } from '@sahay/protocol';
import type { ConnectionCause } from '../connector/log-connector.ts';

type Meaning = readonly [cause: ConnectionCause, code?: ErrorCode, pauseMs?: number];

/** What a close code is called here. Any other is a connection that was lost. */
const meanings: { [Code in CloseCode]?: Meaning } = {
  1001: ['server_restart'],
  1009: ['connection_lost', 'frame_too_large'],
  1012: ['server_restart'],
  4400: ['invalid_frame', 'invalid_frame'],
  4401: ['token_refused'],
  4403: ['origin_refused', 'origin_refused'],
  4406: ['version_refused', 'unsupported_version'],
  4410: ['session_ended', 'unauthenticated'],
  4429: ['rate_limited', 'rate_limited', 2_000],
};

/** Causes that trying again cannot help. */
export const finalCauses: ReadonlySet<ConnectionCause> = new Set([
  'origin_refused',
  'version_refused',
  'session_ended',
]);

/** What a close code means; one that nobody documented is a lost connection. */
export function closingOf(code: number): Meaning {
  return meanings[code as CloseCode] ?? ['connection_lost'];
}
