import type { Hono } from 'hono';
import { authenticate } from '../authenticate.ts';
import type { HttpContext, HttpEnv, HttpParts } from '../http-env.ts';
import { ProblemError } from '../problem-error.ts';

/** Files: put by their owner, linked for whoever may read the conversation, fetched by whoever has a link. */
export function addAttachmentRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const { attachments, ctx, limiters } = parts;

  app.put('/v1/attachments/:id/content', async (c) => {
    const actor = await authenticate(c, parts);
    limiters.uploads.take(actor.id);
    const { maxAttachmentBytes } = ctx.policy.limits;
    if (Number(c.req.header('content-length') ?? 0) > maxAttachmentBytes)
      throw new ProblemError(
        'attachment_too_large',
        `The file is larger than ${maxAttachmentBytes} bytes. Make it smaller.`,
      );
    await attachments.receive(actor, c.req.param('id'), bodyOf(c));
    return c.body(null, 204);
  });

  app.patch('/v1/attachments/:id/content', async (c) => {
    const actor = await authenticate(c, parts);
    limiters.uploads.take(actor.id);
    const offset = c.req.header('upload-offset') ?? '';
    if (!/^\d{1,15}$/.test(offset))
      throw new ProblemError('invalid_frame', 'Say in Upload-Offset at which byte the upload goes on.');
    return tell(c, await attachments.append(actor, c.req.param('id'), Number(offset), bodyOf(c)));
  });

  app.delete('/v1/attachments/:id/content', async (c) => {
    await attachments.giveUp(await authenticate(c, parts), c.req.param('id'));
    return c.body(null, 204);
  });

  app.post('/v1/attachments/:id/link', async (c) => {
    const actor = await authenticate(c, parts);
    c.header('Cache-Control', 'no-store');
    return c.json(await attachments.link(actor, c.req.param('id')));
  });

  app.get('/v1/attachments/:id/content', async (c) => {
    if (c.req.method === 'HEAD' && c.req.header('authorization'))
      return tell(c, await attachments.progress(await authenticate(c, parts), c.req.param('id')));
    const { attachment, bytes, stream } = await attachments.open(
      c.req.param('id'),
      c.req.query('expires'),
      c.req.query('signature'),
    );
    const { mediaType, name } = attachment;
    c.header('Content-Type', mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType);
    c.header('Content-Length', String(bytes));
    c.header(
      'Content-Disposition',
      `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodeName(name)}`,
    );
    c.header('Content-Security-Policy', "default-src 'none'; sandbox");
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    c.header('Cache-Control', 'private, max-age=300');
    c.header('Referrer-Policy', 'no-referrer');
    return c.req.method === 'HEAD' ? c.body(null) : c.body(stream());
  });
}

/** Where an upload is, in the words of the resumable uploads of the IETF. */
function tell(c: HttpContext, { offset, isComplete }: { offset: number; isComplete: boolean }): Response {
  c.header('Upload-Offset', String(offset));
  c.header('Upload-Complete', isComplete ? '?1' : '?0');
  c.header('Cache-Control', 'no-store');
  return c.body(null, 204);
}

async function* bodyOf(c: HttpContext): AsyncGenerator<Uint8Array> {
  if (c.req.raw.body) yield* c.req.raw.body as unknown as AsyncIterable<Uint8Array>;
}

/** A name for programs that know only ASCII: whatever could end the quotes or the header is gone. */
const asciiName = (name: string): string => name.replace(/[^\w. ()-]/g, '_').slice(-100) || 'file';

/** RFC 8187: everything but attribute characters is percent-encoded; half a surrogate pair becomes a replacement sign. */
const encodeName = (name: string): string =>
  encodeURIComponent(Buffer.from(name).toString()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
