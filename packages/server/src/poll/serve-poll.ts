import type { PollAnswer } from '@sahay/protocol';
import { validatePollRequest } from '@sahay/protocol/validate-client';
import { verifyToken } from '../http/authenticate.ts';
import type { HttpContext, HttpParts } from '../http/http-env.ts';
import { ProblemError } from '../http/problem-error.ts';
import { problemResponse } from '../http/problem-response.ts';
import { readJson } from '../http/read-json.ts';
import type { VerifiedToken } from '../identity/access-tokens.ts';
import type { Peer } from '../peer/peer.ts';
import type { Peers } from '../peer/peers.ts';
import { versionProblem } from '../peer/version-problem.ts';
import { PollLine } from './poll-line.ts';

/** Answers a poll: opens a connection with the first, then gives what came since the cursor, or waits for it. */
export async function servePoll(c: HttpContext, parts: HttpParts): Promise<Response> {
  const { peers, ctx } = parts;
  const verified = await verifyToken(c, parts);
  const verdict = validatePollRequest(await readJson(c));
  if (!verdict.valid) throw new ProblemError('invalid_frame', `The request is not valid: ${verdict.error}.`);
  const { connection, cursor = 0, waitMs = Infinity, versions } = verdict.value;
  const unsupported = versionProblem(versions);
  if (unsupported) return problemResponse(c, unsupported);
  const peer = connection === undefined ? open(peers, verified) : peers.find(connection, verified);
  const { line } = peer;
  if (!(line instanceof PollLine))
    throw new ProblemError('connection_unknown', 'This connection is an event stream. Poll without it.');
  const polled = await line.poll(cursor, Math.min(waitMs, ctx.tuning.heartbeatMs), c.req.raw.signal);
  if ('code' in polled) return problemResponse(c, polled);
  c.header('Cache-Control', 'no-store');
  return c.body(encodeAnswer({ connection: peer.connection ?? '', ...polled }), 200, {
    'Content-Type': 'application/json',
  });
}

function open(peers: Peers, verified: VerifiedToken): Peer {
  const peer: Peer = peers.openConnection(
    new PollLine(() => peer.ended(), peers.context.tuning.pollGraceMs),
    verified,
  );
  return peer;
}

/** The frames are JSON already. */
function encodeAnswer({
  frames,
  ...rest
}: Omit<PollAnswer, 'frames'> & { frames: readonly Buffer[] }): string {
  const head = JSON.stringify(rest).slice(0, -1);
  return `${head},"frames":[${frames.map((frame) => frame.toString()).join(',')}]}`;
}
