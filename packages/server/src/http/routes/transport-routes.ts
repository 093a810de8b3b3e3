import type { Hono } from 'hono';
import { serveEvents } from '../../sse/serve-events.ts';
import { servePoll } from '../../poll/serve-poll.ts';
import { serveFrames } from '../../peer/serve-frames.ts';
import type { HttpEnv, HttpParts } from '../http-env.ts';
import { transportPaths } from '../transport-paths.ts';

/** The protocol without a socket: an event stream or polls to hear, and one address to speak to. */
export function addTransportRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  app.get(transportPaths.events, (c) => serveEvents(c, parts));
  app.post(transportPaths.poll, (c) => servePoll(c, parts));
  app.post(transportPaths.frames, (c) => serveFrames(c, parts));
}
