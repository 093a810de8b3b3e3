import { protocolVersion, type Availability, type Discovery, type Welcome } from '@sahay/protocol';
import { visitorSettings } from '@sahay/protocol/core';
import type { Hono } from 'hono';
import { capabilitiesOf } from '../../capabilities.ts';
import { localised } from '../../policy.ts';
import type { HttpEnv, HttpParts } from '../http-env.ts';
import { socketPath } from '../../socket/socket-server.ts';
import { ProblemError } from '../problem-error.ts';
import { transportPaths } from '../transport-paths.ts';

/** What anybody may ask: what this server is, what it says first, its articles, and whether it is well. */
export function addPublicRoutes(app: Hono<HttpEnv>, { ctx, knowledge }: HttpParts): void {
  const { policy, tenantId } = ctx;
  /** One look at the database at a time: anybody may ask, as often as they like. */
  let looking: Promise<unknown> | undefined;

  app.get('/healthz', async (c) => {
    c.header('Cache-Control', 'no-store');
    looking ??= ctx.store.sql.all('SELECT 1 AS one').finally(() => (looking = undefined));
    await looking;
    return c.json({ status: 'ok' });
  });

  app.get('/.well-known/sahay', (c) => {
    const discovery: Discovery = {
      protocol: 'sahay',
      versions: [protocolVersion],
      tenant: tenantId,
      capabilities: capabilitiesOf(ctx.config),
      limits: policy.limits,
      transports: ['websocket', 'sse', 'long-poll'],
      endpoints: {
        api: '/v1',
        socket: socketPath,
        events: transportPaths.events,
        poll: transportPaths.poll,
        frames: transportPaths.frames,
      },
    };
    c.header('Cache-Control', 'public, max-age=60');
    return c.json(discovery);
  });

  app.get('/v1/welcome', (c) => {
    const asked = c.req.query('locale') ?? '';
    const locale = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(asked)
      ? asked
      : (policy.fallbackLocale ?? 'en');
    const availability: Availability = ctx.hub.availability();
    const welcome: Welcome = {
      locale,
      author: policy.bot ?? { id: 'system', role: 'system' },
      parts: localised(policy.greetings, locale, policy.fallbackLocale) ?? [],
      availability,
      settings: visitorSettings(ctx.settings.values),
    };
    c.header('Cache-Control', 'no-store');
    return c.json(welcome);
  });

  app.get('/v1/articles/:id{.+}', (c) => {
    const article = knowledge.article(c.req.param('id'), c.req.query('locale'));
    if (!article) throw new ProblemError('not_found', 'There is no such article. It may have been moved.');
    c.header('Cache-Control', 'public, max-age=60');
    return c.json(article);
  });
}
