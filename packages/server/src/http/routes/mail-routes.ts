import { createHash } from 'node:crypto';
import type { ContinuationAnswer } from '@sahay/protocol';
import type { Hono } from 'hono';
import { MailOutbox } from '../../mail/mail-outbox.ts';
import { MailLinks } from '../../mail/mail-links.ts';
import { languageOf, style, unsubscribePage, type UnsubscribeState } from '../../mail/unsubscribe-page.ts';
import type { HttpContext, HttpEnv, HttpParts } from '../http-env.ts';
import { ProblemError } from '../problem-error.ts';
import { readJson, textField } from '../read-json.ts';

const unsubscribePath = '/v1/mail/unsubscribe';
const styleDigest = createHash('sha256').update(style).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleDigest}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

/** What the links of e-mails lead to: back into the conversation, and to no more e-mails. */
export function addMailRoutes(app: Hono<HttpEnv>, { ctx, identity }: HttpParts): void {
  const { store, clock, secrets } = ctx;
  const links = new MailLinks(secrets.mailLinks, clock);
  const outbox = new MailOutbox(store.sql);

  app.post('/v1/continuations', async (c) => {
    const { conversationId, visitorId } = links.readContinuation(
      textField(await readJson(c), 'token', 1_000),
    );
    const conversation = await store.conversation(conversationId);
    // Erased since, or a known visitor's by now, who signs in where she is known.
    if (conversation?.visitor.id !== visitorId)
      throw new ProblemError(
        'not_found',
        'This conversation is not there any more, or has become somebody’s who signs in.',
      );
    const session = await identity.visitors.goOn(visitorId);
    c.header('Cache-Control', 'no-store');
    return c.json({ conversationId, ...(session && { session }) } satisfies ContinuationAnswer);
  });

  // Programs that look links over follow them: a GET changes nothing, its button does.
  app.get(unsubscribePath, (c) => {
    const address = readAddress(c);
    return page(c, address === undefined ? 'broken' : 'asked');
  });

  app.post(unsubscribePath, async (c) => {
    const address = readAddress(c);
    if (address === undefined) return page(c, 'broken');
    await outbox.refuse(address, clock());
    return page(c, 'done');
  });

  /** The digest of the address; whoever stands before the page is told in words when the link is of no use, a program by a problem. */
  function readAddress(c: HttpContext): string | undefined {
    try {
      return links.readUnsubscribe(c.req.query('token') ?? '');
    } catch (error) {
      if (error instanceof ProblemError && c.req.header('accept')?.includes('text/html')) return undefined;
      throw error;
    }
  }
}

function page(c: HttpContext, state: UnsubscribeState): Response {
  c.header('Content-Security-Policy', policy);
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Vary', 'Accept, Accept-Language');
  const language = languageOf(c.req.query('lang'), c.req.header('accept-language'));
  return c.html(unsubscribePage(state, language), state === 'broken' ? 401 : 200);
}
