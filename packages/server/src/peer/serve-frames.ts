import { makeProblem, type FramesAnswer, type ServerFrame } from '@sahay/protocol';
import { verifyToken } from '../http/authenticate.ts';
import type { HttpContext, HttpParts } from '../http/http-env.ts';
import { ProblemError } from '../http/problem-error.ts';
import { problemResponse } from '../http/problem-response.ts';
import { readJson } from '../http/read-json.ts';
import { readFrame, type ReadFrame } from './parse-frame.ts';
import type { Peer } from './peer.ts';

/** Frames of one request. */
const mostFrames = 100;

/**
 * Takes the frames of a client that has no socket, in order, and answers with what became of its commands. With a
 * connection they are its frames, and all else is answered over it; without one only commands and signals count.
 */
export async function serveFrames(c: HttpContext, parts: HttpParts): Promise<Response> {
  const verified = await verifyToken(c, parts);
  const { maxFrameBytes } = parts.ctx.policy.limits;
  const { connection, frames } = await readJson(c, 2 * maxFrameBytes);
  if (!Array.isArray(frames) || frames.length > mostFrames)
    throw new ProblemError('invalid_frame', `"frames" must be a list of at most ${mostFrames} frames.`);
  if (connection !== undefined && typeof connection !== 'string')
    throw new ProblemError('invalid_frame', '"connection" must be the id that "welcome" named.');
  const { peers } = parts;
  const peer = connection === undefined ? peers.passing(verified) : peers.find(connection, verified);
  if (peer.isEnded) throw new ProblemError('connection_unknown', 'This connection has ended. Open another.');
  if ((frames as readonly unknown[]).some((frame) => isLarger(frame, maxFrameBytes)))
    throw new ProblemError('frame_too_large', `A frame has more than ${maxFrameBytes} bytes. Send less.`);
  const answers: ServerFrame[] = [];
  const done: Promise<void>[] = [];
  for (const frame of frames as readonly unknown[]) {
    const limited = peer.limit();
    if (limited) {
      // As on a socket: what was taken is done, and whoever sends it again gets the same answer.
      peer.closeWith(4429);
      return problemResponse(c, limited);
    }
    done.push(hear(peer, readFrame(frame), (answer) => answers.push(answer)));
  }
  await Promise.all(done);
  c.header('Cache-Control', 'no-store');
  return c.json({ frames: answers } satisfies FramesAnswer);
}

function isLarger(frame: unknown, bytes: number): boolean {
  try {
    return Buffer.byteLength(JSON.stringify(frame)) > bytes;
  } catch (error) {
    // Nested too deep to be written; it is refused for that.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

async function hear(peer: Peer, read: ReadFrame, answer: (frame: ServerFrame) => void): Promise<void> {
  if (peer.connection === undefined && read.kind === 'frame' && needsConnection.has(read.frame.type))
    return answer({
      type: 'problem',
      problem: makeProblem(
        'connection_unknown',
        `"${read.frame.type}" needs a connection. Open an event stream or poll, and name its connection.`,
      ),
    });
  await peer.hear(read, answer);
}

const needsConnection: ReadonlySet<string> = new Set(['hello', 'token', 'subscribe', 'unsubscribe', 'ping']);
