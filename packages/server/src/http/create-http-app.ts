import { makeProblem } from '@sahay/protocol';
import { Hono } from 'hono';
import { Attachments } from '../attachments/index.ts';
import type { ServerContext } from '../context.ts';
import type { ServerIdentity } from '../identity/index.ts';
import type { Knowledge } from '../knowledge/index.ts';
import type { Peers } from '../peer/peers.ts';
import { baseHeaders, checkOrigin, limitRate, logRequests } from './guard-requests.ts';
import type { HttpContext, HttpEnv, HttpParts } from './http-env.ts';
import { ProblemError } from './problem-error.ts';
import { problemOf, problemResponse } from './problem-response.ts';
import { createRateLimiters, type HttpRates } from './rate-limiter.ts';
import { addAgentRoutes } from './routes/agent-routes.ts';
import { addAttachmentRoutes } from './routes/attachment-routes.ts';
import { addCannedReplyRoutes } from './routes/canned-reply-routes.ts';
import { addDataRoutes } from './routes/data-routes.ts';
import { addHoursRoutes } from './routes/hours-routes.ts';
import { addInsightsRoutes } from './routes/insights-routes.ts';
import { addMailRoutes } from './routes/mail-routes.ts';
import { addPublicRoutes } from './routes/public-routes.ts';
import { addSettingsRoutes } from './routes/settings-routes.ts';
import { addTransportRoutes } from './routes/transport-routes.ts';
import { addVisitorRoutes } from './routes/visitor-routes.ts';
import { addStaticRoutes } from './static/add-static-routes.ts';

/** What the HTTP interface needs beside the context. */
export interface HttpOptions {
  identity: ServerIdentity;
  knowledge: Knowledge;
  peers: Peers;
  rates?: Partial<HttpRates> | undefined;
}

/**
 * Builds the HTTP interface: the API for listed origins, static files for everybody, and a problem document for every
 * error.
 *
 * @example const app = await createHttpApp(ctx, { identity, knowledge, peers }); await app.fetch(request, { incoming });
 */
export async function createHttpApp(ctx: ServerContext, options: HttpOptions): Promise<Hono<HttpEnv>> {
  const parts: HttpParts = {
    ctx,
    identity: options.identity,
    knowledge: options.knowledge,
    peers: options.peers,
    attachments: await Attachments.open(ctx),
    limiters: createRateLimiters(options.rates ?? {}, ctx.clock),
  };
  const app = new Hono<HttpEnv>();
  app.use(logRequests(parts), baseHeaders());
  for (const path of ['/v1/*', '/.well-known/sahay']) app.use(path, checkOrigin(parts), limitRate(parts));
  addPublicRoutes(app, parts);
  addTransportRoutes(app, parts);
  addVisitorRoutes(app, parts);
  addAttachmentRoutes(app, parts);
  addDataRoutes(app, parts);
  addAgentRoutes(app, parts);
  addCannedReplyRoutes(app, parts);
  addInsightsRoutes(app, parts);
  addHoursRoutes(app, parts);
  addSettingsRoutes(app, parts);
  addMailRoutes(app, parts);
  app.all('/v1/*', () => {
    throw notFound();
  });
  addStaticRoutes(app, parts);
  app.notFound((c) => problemResponse(c, notFound().problem));
  app.onError((error, c) => {
    // Nobody is there any more to hear what went wrong, and nothing did.
    if (!(error instanceof ProblemError) && brokeOff(c))
      return problemResponse(c, makeProblem('invalid_frame', 'The request broke off.'));
    return problemResponse(c, problemOf(error, ctx.logger));
  });
  return app;
}

const notFound = (): ProblemError =>
  new ProblemError('not_found', 'There is nothing at this address. Check it for typing errors.');

/** Whether whoever asked went before all was said. */
function brokeOff(c: HttpContext): boolean {
  const { incoming } = c.env;
  return incoming ? incoming.destroyed && !incoming.complete : c.req.raw.signal.aborted;
}
