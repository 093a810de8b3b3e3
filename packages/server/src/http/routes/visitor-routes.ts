import { conversationStream } from '@sahay/protocol';
import type { Hono } from 'hono';
import { authenticate } from '../authenticate.ts';
import type { HttpEnv, HttpParts } from '../http-env.ts';
import { ProblemError } from '../problem-error.ts';
import { readJson, textField } from '../read-json.ts';

const mostMessages = 200;

/** Sessions of anonymous visitors, and earlier messages. */
export function addVisitorRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const { ctx, identity } = parts;

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

  app.get('/v1/conversations/:id/messages', async (c) => {
    const actor = await authenticate(c, parts);
    const id = c.req.param('id');
    // Somebody else's conversation is answered like one that does not exist.
    if (!(await ctx.store.mayRead(actor, conversationStream(id, 'public'))))
      throw new ProblemError('not_found', 'There is no such conversation of yours.');
    c.header('Cache-Control', 'no-store');
    const before = c.req.query('before');
    return c.json(
      await ctx.store.history(id, { limit: limitOf(c.req.query('limit')), ...(before && { before }) }),
    );
  });
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return 50;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1)
    throw new ProblemError('invalid_frame', `"limit" must be a whole number from 1 to ${mostMessages}.`);
  return Math.min(limit, mostMessages);
}
