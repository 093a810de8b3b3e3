import { conversationStream } from '@sahay/protocol';
import { folded } from '@sahay/protocol/core';
import type { Context, Hono } from 'hono';
import { authenticate } from '../authenticate.ts';
import type { HttpEnv, HttpParts } from '../http-env.ts';
import { ProblemError } from '../problem-error.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import { readJson, textField } from '../read-json.ts';
import type { HistoryQuery } from '../../storage/store.ts';

const mostMessages = 200;
const longestQuery = 200;

/** Sessions of anonymous visitors, earlier messages, and the search for some. */
export function addVisitorRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const { ctx, identity, limiters } = parts;

  app.post('/v1/sessions', async (c) => {
    await readJson(c);
    const session = await identity.visitors.create();
    c.header('Cache-Control', 'no-store');
    return c.json(session, 201);
  });

  app.post('/v1/sessions/refresh', async (c) => {
    const refreshSecret = textField(await readJson(c), 'refreshSecret', 500);
    c.header('Cache-Control', 'no-store');
    return c.json(await identity.visitors.refresh(refreshSecret));
  });

  /** The conversation that is asked for. Somebody else's is answered like one that does not exist. */
  const readable = async (c: Context<HttpEnv>, limiter?: RateLimiter): Promise<string> => {
    const actor = await authenticate(c, parts);
    limiter?.take(actor.id);
    const id = c.req.param('id') ?? '';
    if (!(await ctx.store.mayRead(actor, conversationStream(id, 'public'))))
      throw new ProblemError('not_found', 'There is no such conversation of yours.');
    c.header('Cache-Control', 'no-store');
    return id;
  };

  app.get('/v1/conversations/:id/search', async (c) => {
    const id = await readable(c, limiters.searches);
    const wanted = folded(c.req.query('q') ?? '').trim();
    if (!wanted || wanted.length > longestQuery)
      throw new ProblemError('invalid_frame', `"q" must hold 1 to ${longestQuery} characters to search for.`);
    const before = c.req.query('before');
    return c.json(await ctx.store.search(id, { wanted, ...(before && { before }) }));
  });

  app.get('/v1/conversations/:id/messages', async (c) => {
    const id = await readable(c);
    return c.json(await ctx.store.history(id, historyQueryOf(c)));
  });
}

/** At most one place to read from: which of two would count, nobody could tell. */
function historyQueryOf(c: Context<HttpEnv>): HistoryQuery {
  const places = (['before', 'after', 'around'] as const).flatMap((name) => {
    const value = c.req.query(name);
    return value ? [[name, value] as const] : [];
  });
  if (places.length > 1)
    throw new ProblemError('invalid_frame', 'Only one of "before", "after" and "around" can be asked for.');
  return { ...Object.fromEntries(places), limit: limitOf(c.req.query('limit')) };
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return 50;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1)
    throw new ProblemError('invalid_frame', `"limit" must be a whole number from 1 to ${mostMessages}.`);
  return Math.min(limit, mostMessages);
}
