import type { ContinuationAnswer } from '@sahay/protocol';
import type { Hono } from 'hono';
import { MailOutbox } from '../../mail/mail-outbox.ts';
import { MailLinks } from '../../mail/mail-links.ts';
import type { HttpContext, HttpEnv, HttpParts } from '../http-env.ts';
import { ProblemError } from '../problem-error.ts';
import { readJson, textField } from '../read-json.ts';

const unsubscribePath = '/v1/mail/unsubscribe';
const policy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

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
    links.readUnsubscribe(c.req.query('token') ?? '');
    return page(
      c,
      '<p>Stop e-mails about answers in chats to this address?</p><form method="post"><button>Stop e-mails</button></form>',
    );
  });

  app.post(unsubscribePath, async (c) => {
    await outbox.refuse(links.readUnsubscribe(c.req.query('token') ?? ''), clock());
    return page(c, '<p>Done. No more of these e-mails are sent to this address.</p>');
  });
}

/** Nothing that comes from outside stands in these pages. */
function page(c: HttpContext, body: string): Response {
  c.header('Content-Security-Policy', policy);
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
  return c.html(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>E-mails</title><body>${body}</body></html>`,
  );
}
