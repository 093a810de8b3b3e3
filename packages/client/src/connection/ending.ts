// Why a server ended a connection, or refused one. Most connections never need it, so it is loaded when one does.
import type { CloseCode, closeCodes, CloseReaction, ErrorCode, Problem } from '@sahay/protocol';
import type { ConnectionCause } from '../connector/log-connector.ts';
import { problemOf, SahayError } from '../sahay-error.ts';
import type { Connection } from './connection.ts';

/** What the end of a connection means. */
interface Ending {
  reaction: CloseReaction;
  cause: ConnectionCause;
  problem: Problem;
  /** The shortest pause before the next try, in ms. */
  pauseMs?: number | undefined;
}

type Meaning<R = CloseReaction> = readonly [R, ConnectionCause, ErrorCode?, number?];

/** Reactions as the protocol documents them (which the type checks), and what they are called here. */
const meanings: { [Code in CloseCode]: Meaning<(typeof closeCodes)[Code]['reaction']> } = {
  1001: ['reconnect', 'server_restart'],
  1009: ['reconnect', 'connection_lost', 'frame_too_large'],
  1011: ['reconnect', 'connection_lost'],
  1012: ['reconnect', 'server_restart'],
  4400: ['reconnect', 'invalid_frame', 'invalid_frame'],
  4401: ['refresh', 'token_refused', 'token_invalid'],
  4403: ['stop', 'origin_refused', 'origin_refused'],
  4406: ['stop', 'version_refused', 'unsupported_version'],
  4408: ['reconnect', 'connection_lost'],
  4410: ['stop', 'session_ended', 'unauthenticated'],
  4429: ['reconnect', 'rate_limited', 'rate_limited', 2_000],
};

/**
 * The server closed a connection.
 *
 * @param token what it was asked for with.
 * @param askedMs how long it asked to wait, in ms.
 */
export function endedBy(line: Connection, code: number, token: string, askedMs = 0): void {
  const ending = endingOf(code);
  const { pauseMs = 0 } = ending;
  react(line, { ...ending, pauseMs: Math.max(pauseMs, askedMs) }, token);
}

/** No connection could be asked for. */
export function failedBy(line: Connection, problem: Problem): void {
  react(line, failureOf(problem));
}

function react(line: Connection, { reaction, cause, problem, pauseMs }: Ending, token?: string): void {
  const again = line.refused !== undefined;
  if (cause === 'session_ended') void line.options.tokens.forget();
  if (reaction === 'stop') return line.stop(cause, problem);
  if (reaction === 'refresh') line.refused = token;
  // A token that was refused at once after another was refused is not worth hurrying for.
  if (reaction === 'refresh' && !again) void line.connect(cause);
  else line.wait(cause, problem, pauseMs);
}

/** What a close code means; one that nobody documented is a lost connection. */
function endingOf(code: number): Ending {
  const known: Meaning | undefined = meanings[code as CloseCode];
  const [reaction, cause, errorCode = 'network', pauseMs] = known ?? ['reconnect', 'connection_lost'];
  const error = new SahayError(errorCode, `The server closed the connection (${code}, ${cause}).`, {
    retryable: reaction !== 'stop',
  });
  return { reaction, cause, problem: problemOf(error), pauseMs };
}

/** What trying again cannot help, by the code of the problem. */
const hopeless: Partial<Record<string, ConnectionCause>> = {
  origin_refused: 'origin_refused',
  unsupported_version: 'version_refused',
  capability_absent: 'connect_failed',
};

/** What it means that no connection could be asked for. */
function failureOf(problem: Problem): Ending {
  const { code, retryAfterMs: pauseMs } = problem;
  const end = hopeless[code];
  return end
    ? { reaction: 'stop', cause: end, problem }
    : { reaction: 'reconnect', cause: 'token_failed', problem, pauseMs };
}
