import type { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { agentSessionLifetimeMs, signInUrlOf } from '../../identity/index.ts';
import { authenticateAgent } from '../authenticate.ts';
import { isSecure } from '../client-address.ts';
import type { HttpContext, HttpEnv, HttpParts } from '../http-env.ts';
import { isOwnOrigin } from '../origins.ts';
import { ProblemError } from '../problem-error.ts';
import { readJson, textField } from '../read-json.ts';

/** Agents: signing in by a one-time code, and the cookie that then stands for them in the console. */
export function addAgentRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const { ctx, identity } = parts;
  const { config } = ctx;

  app.use('/v1/agents/*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    return next();
  });

  app.post('/v1/agents/sign-in', async (c) => {
    requireOwnPage(c, parts);
    const body = await readJson(c);
    const code = textField(body, 'code', 200);
    const name = body['name'] === undefined ? undefined : textField(body, 'name', 200);
    const { participant, sessionSecret } = await identity.agents.signIn(code, name);
    writeCookie(c, parts, sessionSecret, agentSessionLifetimeMs / 1000);
    return c.json({ participant });
  });

  app.post('/v1/agents/token', async (c) => {
    requireOwnPage(c, parts);
    const sessionSecret = readCookie(c, parts);
    const token = await identity.agents.token(sessionSecret);
    // Whoever works every day is not signed out every month.
    if (sessionSecret) writeCookie(c, parts, sessionSecret, agentSessionLifetimeMs / 1000);
    return c.json(token);
  });

  app.post('/v1/agents/sign-out', async (c) => {
    requireOwnPage(c, parts);
    await identity.agents.signOut(readCookie(c, parts));
    writeCookie(c, parts, '', 0);
    return c.body(null, 204);
  });

  app.post('/v1/agents', async (c) => {
    await authenticateAgent(c, parts);
    const { agent, code } = await identity.agents.create(textField(await readJson(c), 'name', 200));
    c.header('Cache-Control', 'no-store');
    return c.json(
      { agent, signInUrl: signInUrlOf(config.publicUrl ?? new URL(c.req.url).origin, code) },
      201,
    );
  });
}

/**
 * A cookie travels with requests that other sites cause. Browsers say where a request comes from; SameSite=Strict is the
 * second lock on the same door.
 */
function requireOwnPage(c: HttpContext, { ctx }: HttpParts): void {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const isForeign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && !isOwnOrigin(ctx.config, origin, c.req.header('host')));
  if (isForeign)
    throw new ProblemError(
      'origin_refused',
      'Agents sign in on the console of this server. Open it at its own address.',
    );
}

/** Cookies do not know ports: two servers on one machine must not sign each other's agents out. */
function cookieName(c: HttpContext, { ctx }: HttpParts): string {
  return isSecure(c, ctx.config) ? '__Host-sahay_agent' : `sahay_agent_${new URL(c.req.url).port || '80'}`;
}

const readCookie = (c: HttpContext, parts: HttpParts): string | undefined =>
  getCookie(c, cookieName(c, parts));

function writeCookie(c: HttpContext, parts: HttpParts, value: string, maxAge: number): void {
  setCookie(c, cookieName(c, parts), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure(c, parts.ctx.config),
    maxAge,
  });
}
