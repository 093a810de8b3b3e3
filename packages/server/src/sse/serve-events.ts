import { parseStream } from '@sahay/protocol';
import { verifyToken } from '../http/authenticate.ts';
import type { HttpContext, HttpParts } from '../http/http-env.ts';
import { ProblemError } from '../http/problem-error.ts';
import { readFrame } from '../peer/parse-frame.ts';
import { versionProblem } from '../peer/version-problem.ts';
import { cursorsIn } from './cursor-set.ts';
import { SseLine } from './sse-line.ts';

/**
 * Opens an event stream: `welcome`, then whatever is subscribed to, by the address or by frames posted to the
 * connection. Resumes from `Last-Event-ID` or the parameter `cursor`.
 */
export async function serveEvents(c: HttpContext, { identity, peers }: HttpParts): Promise<Response> {
  const verified = await verifyToken(c, { identity });
  const unsupported = versionProblem(c.req.query('versions')?.split(','));
  if (unsupported) throw new ProblemError(unsupported.code as 'unsupported_version', unsupported.detail);
  const id = c.req.header('last-event-id') || c.req.query('cursor');
  const cursors = id ? cursorsIn(id) : [];
  const held = new Set(cursors.map(({ stream }) => stream));
  const streams = (c.req.queries('stream') ?? []).filter((stream) => !held.has(stream));
  for (const stream of streams)
    if (!parseStream(stream))
      throw new ProblemError('invalid_frame', 'The parameter "stream" is no name of a stream.');
  // The reader hangs up by closing the body; there is nobody to tell before it was opened.
  const socket = c.env?.incoming?.socket;
  const line = new SseLine(() => peer.ended(), socket && (() => socket.destroy()));
  const peer = peers.openConnection(line, verified);
  const asked = [
    ...cursors.map((cursor) => ({ stream: cursor.stream, cursor })),
    ...streams.map((stream) => ({ stream })),
  ];
  for (const one of asked)
    peer
      .hear(readFrame({ type: 'subscribe', ...one }), undefined)
      .catch((error: unknown) => peer.failed(error));
  return c.body(line.body, 200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    // Proxies that hold answers back until they are whole would hold this one for ever.
    'X-Accel-Buffering': 'no',
  });
}
