import type { closeCodes, ErrorCode } from '@sahay/protocol';
import type { ConnectionCause } from '../connector/log-connector.ts';

type Documented = typeof closeCodes;
type Meaning<R extends string = string> = readonly [
  reaction: R,
  cause: ConnectionCause,
  code?: ErrorCode,
  pauseMs?: number,
];

/** Reactions as the protocol documents them (which the type checks), and what they are called here. */
const meanings: { [Code in keyof Documented]: Meaning<Documented[Code]['reaction']> } = {
  1001: ['reconnect', 'server_restart'],
  1009: ['reconnect', 'connection_lost', 'frame_too_large'],
  1011: ['reconnect', 'connection_lost'],
  1012: ['reconnect', 'server_restart'],
  4400: ['reconnect', 'invalid_frame', 'invalid_frame'],
  4401: ['refresh', 'token_refused'],
  4403: ['stop', 'origin_refused', 'origin_refused'],
  4406: ['stop', 'version_refused', 'unsupported_version'],
  4408: ['reconnect', 'connection_lost'],
  4410: ['stop', 'session_ended', 'unauthenticated'],
  4429: ['reconnect', 'rate_limited', 'rate_limited', 2_000],
};

/** What a close code means; one that nobody documented is a lost connection. */
export function closingOf(code: number): Meaning {
  return (meanings as Record<number, Meaning>)[code] ?? ['reconnect', 'connection_lost'];
}
