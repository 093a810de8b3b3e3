import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { Attachments } from '../attachments/index.ts';
import type { ServerContext } from '../context.ts';
import type { ServerIdentity } from '../identity/index.ts';
import type { Knowledge } from '../knowledge/index.ts';
import type { Peers } from '../peer/peers.ts';
import type { RateLimiters } from './rate-limiter.ts';

/** What the Node adapter passes along with a request; absent when the app is called directly. */
export interface HttpEnv {
  Bindings: { incoming?: IncomingMessage | undefined };
}

/** One request of the app. */
export type HttpContext = Context<HttpEnv>;

/** What the routes share. */
export interface HttpParts {
  ctx: ServerContext;
  identity: ServerIdentity;
  knowledge: Knowledge;
  attachments: Attachments;
  limiters: RateLimiters;
  peers: Peers;
}
