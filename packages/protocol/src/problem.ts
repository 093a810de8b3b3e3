import type { ErrorCode, Problem } from './generated/types.ts';

type Kind = { status: number; retryable: boolean; title: string };
const permanent = (status: number, title: string): Kind => ({ status, retryable: false, title });
const passing = (status: number, title: string): Kind => ({ status, retryable: true, title });

/** Every error code with its HTTP status, whether trying again can help, and its title. */
export const problemKinds: Record<ErrorCode, Kind> = {
  invalid_frame: permanent(400, 'The frame does not follow the protocol'),
  invalid_command: permanent(400, 'The command does not follow the protocol'),
  unknown_command: permanent(400, 'The command is not known here'),
  out_of_order: passing(409, 'A number of this lane is missing'),
  payload_mismatch: permanent(422, 'This number was used with another command'),
  outbox_conflict: permanent(422, 'The outbox belongs to somebody else'),
  unauthenticated: passing(401, 'Nobody is signed in'),
  token_expired: passing(401, 'The token has expired'),
  token_invalid: permanent(401, 'The token is not accepted'),
  forbidden: permanent(403, 'Not allowed'),
  not_found: permanent(404, 'There is no such thing'),
  conversation_closed: permanent(409, 'The conversation is closed'),
  conversation_exists: permanent(409, 'The conversation has begun already'),
  message_not_found: permanent(404, 'There is no such message'),
  message_empty: permanent(400, 'The message is empty'),
  message_too_long: permanent(413, 'The message is too long'),
  already_controlled: permanent(409, 'Somebody else has the conversation'),
  not_controller: permanent(409, 'The conversation is not yours'),
  consent_required: permanent(403, 'Consent is needed first'),
  answers_required: permanent(403, 'Questions are to be answered first'),
  survey_unknown: permanent(404, 'There is no such survey'),
  survey_expired: permanent(410, 'The survey has ended'),
  attachment_unknown: permanent(404, 'There is no such attachment'),
  attachment_too_large: permanent(413, 'The file is too large'),
  attachment_type_refused: permanent(415, 'Files of this type are not accepted'),
  attachment_offset: permanent(409, 'The upload goes on at another place'),
  attachment_incomplete: permanent(409, 'The file has not arrived whole'),
  invitation_expired: permanent(410, 'The invitation has ended'),
  rate_limited: passing(429, 'Too much at once'),
  unsupported_version: permanent(406, 'No version in common'),
  capability_absent: permanent(501, 'This backend cannot do that'),
  origin_refused: permanent(403, 'This site is not on the list'),
  frame_too_large: permanent(413, 'The frame is too large'),
  connection_unknown: passing(404, 'There is no such connection'),
  cursor_invalid: permanent(400, 'The cursor cannot be read'),
  storage_failed: passing(503, 'Nothing could be stored'),
  shutting_down: passing(503, 'The server is restarting'),
  internal: passing(500, 'Something went wrong here'),
  network: passing(503, 'The network did not answer'),
  timeout: passing(504, 'No answer in time'),
  storage_refused: permanent(507, 'This browser refuses to store anything'),
  destroyed: permanent(410, 'The client was destroyed'),
  cancelled: permanent(499, 'Cancelled'),
};

/** What a problem can carry beyond its code and detail. */
export type ProblemExtras = Partial<Omit<Problem, 'code' | 'detail' | 'title' | 'type'>>;

/**
 * Makes a problem document (RFC 9457) for a code.
 *
 * @param detail what happened here, why, and what to do.
 * @example makeProblem('rate_limited', 'More than 20 messages in 10 s. Wait a moment.', { retryAfterMs: 2000 })
 */
export function makeProblem(code: ErrorCode, detail?: string, extras: ProblemExtras = {}): Problem {
  const { status, retryable, title } = problemKinds[code];
  return {
    type: `https://sahay.dev/problems/${code}`,
    title,
    status,
    code,
    retryable,
    ...(detail && { detail }),
    ...extras,
  };
}
