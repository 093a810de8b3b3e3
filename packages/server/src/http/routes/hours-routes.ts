import type { HoursAnswer } from '@sahay/protocol';
import { readOpeningHours } from '@sahay/protocol/core';
import type { Hono } from 'hono';
import { authenticateAgent } from '../authenticate.ts';
import type { HttpEnv, HttpParts } from '../http-env.ts';
import { readJson } from '../read-json.ts';
import { settled } from '../settled.ts';

/** The opening hours, which any agent may set. */
export function addHoursRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const { settings, hub } = parts.ctx;
  const answer = (): HoursAnswer => {
    const { hours } = settings.values;
    return { ...(hours && { hours }), availability: hub.availability() };
  };

  app.get('/v1/hours', async (c) => {
    await authenticateAgent(c, parts);
    c.header('Cache-Control', 'no-store');
    return c.json(answer());
  });

  app.put('/v1/hours', async (c) => {
    const agent = await authenticateAgent(c, parts);
    const { hours } = await readJson(c);
    const next = hours === undefined || hours === null ? undefined : settled(readOpeningHours(hours));
    await settings.change({ hours: next }, agent.id);
    c.header('Cache-Control', 'no-store');
    return c.json(answer());
  });
}
