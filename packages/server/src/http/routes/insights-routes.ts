import type { Hono } from 'hono';
import { readInsights } from '../../insights/index.ts';
import { authenticateAgent } from '../authenticate.ts';
import type { HttpEnv, HttpParts } from '../http-env.ts';
import { ProblemError } from '../problem-error.ts';

const mostDays = 366;

/** Figures about the last days, for agents. */
export function addInsightsRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const { ctx } = parts;

  app.get('/v1/insights', async (c) => {
    await authenticateAgent(c, parts);
    const text = c.req.query('days') ?? '30';
    const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
    if (days < 1 || days > mostDays)
      throw new ProblemError('invalid_frame', `"days" must be a whole number from 1 to ${mostDays}.`);
    c.header('Cache-Control', 'no-store');
    return c.json(await readInsights(ctx.store.sql, { tenantId: ctx.tenantId, days, now: ctx.clock() }));
  });
}
