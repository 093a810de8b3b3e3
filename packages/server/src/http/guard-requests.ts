import type { MiddlewareHandler } from 'hono';
import { clientAddress } from './client-address.ts';
import type { HttpEnv, HttpParts } from './http-env.ts';
import { isOriginAllowed, originRefusal } from './origins.ts';
import { ProblemError } from './problem-error.ts';
import { rateKey } from './rate-key.ts';
import { problemOf, problemResponse } from './problem-response.ts';

/** Headers that every answer carries, whatever it is. */
export function baseHeaders(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    if (!c.res.headers.has('Referrer-Policy')) c.header('Referrer-Policy', 'same-origin');
  };
}

/** One line a request: never a query (links are signed there), a header or a body. */
export function logRequests({ ctx }: Pick<HttpParts, 'ctx'>): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const began = performance.now();
    await next();
    const { method } = c.req;
    // As it was sent: undone, its escapes could break a line or draw in a terminal.
    const path = new URL(c.req.url).pathname;
    const level = c.res.status >= 500 ? 'error' : path === '/healthz' ? 'debug' : 'info';
    ctx.logger[level](
      { method, path, status: c.res.status, ms: Math.round(performance.now() - began) },
      'request',
    );
  };
}

/**
 * Lets the server's own pages and the sites on the list use the API, and tells others why not. Credentials of the
 * browser are never allowed across sites: visitors have tokens.
 */
export function checkOrigin({ ctx }: Pick<HttpParts, 'ctx'>): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin === undefined) return next();
    if (!isOriginAllowed(ctx.config, origin, c.req.header('host'))) {
      const { problem } = new ProblemError('origin_refused', originRefusal(origin));
      return problemResponse(c, problem);
    }
    if (c.req.method === 'OPTIONS') {
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
      c.header('Access-Control-Allow-Headers', 'Authorization, Content-Type, Last-Event-ID, Upload-Offset');
      c.header('Access-Control-Max-Age', '600');
      c.header('Vary', 'Origin');
      return c.body(null, 204);
    }
    await next();
    c.header('Access-Control-Allow-Origin', origin);
    c.header('Access-Control-Expose-Headers', 'Retry-After, Upload-Offset, Upload-Complete');
    c.header('Vary', 'Origin', { append: true });
  };
}

/** Slows down an address that asks too often. */
export function limitRate({
  ctx,
  limiters,
}: Pick<HttpParts, 'ctx' | 'limiters'>): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const address = rateKey(clientAddress(c, ctx.config.trustProxy));
    const { path, method } = c.req;
    try {
      limiters.requests.take(address);
      if ((path === '/v1/sessions' || path === '/v1/continuations') && method === 'POST')
        limiters.sessions.take(address);
      if (path.startsWith('/v1/agents')) limiters.agents.take(address);
    } catch (error) {
      return problemResponse(c, problemOf(error, ctx.logger));
    }
    return next();
  };
}
