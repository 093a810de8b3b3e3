import {
  conversationStream,
  type Attachment,
  type DataExport,
  type ErasureReceipt,
  type UserSnapshot,
  userStream,
} from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { Hono } from 'hono';
import { authenticate } from '../authenticate.ts';
import type { HttpEnv, HttpParts } from '../http-env.ts';
import { ProblemError } from '../problem-error.ts';
import { renderTranscript, type ReadableFormat } from '../../transcript/render-transcript.ts';

/** Transcripts, exports and receipts of erasures. */
export function addDataRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const { store } = parts.ctx;

  app.get('/v1/conversations/:id/transcript', async (c) => {
    const actor = await authenticate(c, parts);
    const audience = c.req.query('audience') === 'staff' ? 'staff' : 'public';
    const stream = conversationStream(c.req.param('id'), audience);
    if (!(await store.mayRead(actor, stream))) throw unknown();
    const format = formatOf(c.req.query('format'));
    c.header('Cache-Control', 'no-store');
    const transcript = await store.transcript(stream);
    if (format === 'json') return c.json(transcript);
    const locale = (await store.conversation(c.req.param('id')))?.locale ?? 'en';
    c.header(
      'Content-Disposition',
      `attachment; filename="transcript.${format === 'html' ? 'html' : 'txt'}"`,
    );
    const text = renderTranscript(transcript, format, localeOf(c.req.query('locale')) ?? locale);
    return format === 'html' ? c.html(text) : c.text(text);
  });

  app.get('/v1/exports/:id', async (c) => {
    const actor = await authenticate(c, parts);
    const [row] = await store.sql.all<{ requestedAt: string }>(
      'SELECT requested_at AS requestedAt FROM exports WHERE id = ? AND subject = ?',
      [c.req.param('id'), actor.id],
    );
    if (!row) throw unknown();
    c.header('Cache-Control', 'no-store');
    c.header('Content-Disposition', 'attachment; filename="export.json"');
    return c.json(await exportOf(actor, parts, { exportId: c.req.param('id'), ...row }));
  });

  app.get('/v1/erasures/:id', async (c) => {
    const actor = await authenticate(c, parts);
    const [row] = await store.sql.all<{ json: string }>(
      'SELECT json FROM erasures WHERE id = ? AND subject = ?',
      [c.req.param('id'), actor.id],
    );
    if (!row) throw unknown();
    c.header('Cache-Control', 'no-store');
    return c.json(JSON.parse(row.json) as ErasureReceipt);
  });
}

/** Everything that is kept of a visitor. What staff wrote for each other is theirs, and not in it. */
async function exportOf(
  actor: Actor,
  { ctx: { store }, attachments }: HttpParts,
  { exportId, requestedAt }: { exportId: string; requestedAt: string },
): Promise<DataExport> {
  const { id, role, name } = actor;
  const { snapshot } = (await store.read(userStream(id))).subscribed;
  const { consents, invitations } = snapshot as UserSnapshot;
  const rows = await store.sql.all<{ id: string }>(
    'SELECT id FROM conversations WHERE visitor = ? ORDER BY started_at',
    [id],
  );
  const result: DataExport = {
    exportId,
    participant: { id, role, ...(name && { name }) },
    requestedAt,
    conversations: [],
    consents,
    invitations,
    attachments: [],
  };
  for (const row of rows) {
    const conversation = await store.conversation(row.id);
    const staff = await store.staffState(row.id);
    const transcript = await store.transcript(conversationStream(row.id, 'public'));
    if (conversation) result.conversations.push({ conversation, context: staff?.context ?? {}, transcript });
    const files = await store.sql.all<{ json: string }>(
      'SELECT json FROM attachments WHERE conversation = ?',
      [row.id],
    );
    for (const { json } of files) {
      const attachment = JSON.parse(json) as Attachment;
      const isThere = attachment.state === 'complete';
      const url = isThere ? (await attachments.link(actor, attachment.attachmentId)).url : undefined;
      result.attachments.push({ attachment, ...(url && { url }) });
    }
  }
  return result;
}

function formatOf(text = 'json'): ReadableFormat | 'json' {
  if (text === 'json' || text === 'html' || text === 'text') return text;
  throw new ProblemError('invalid_frame', '"format" must be json, html or text.', { field: 'format' });
}

const localeOf = (text: string | undefined): string | undefined =>
  text && /^[A-Za-z0-9-]{2,35}$/.test(text) ? text : undefined;

const unknown = (): ProblemError =>
  new ProblemError('not_found', 'There is nothing of yours at this address.');
