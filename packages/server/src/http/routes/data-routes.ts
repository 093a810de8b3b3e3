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

/** Transcripts, exports and receipts of erasures. */
export function addDataRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const { store } = parts.ctx;

  app.get('/v1/conversations/:id/transcript', async (c) => {
    const actor = await authenticate(c, parts);
    const audience = c.req.query('audience') === 'staff' ? 'staff' : 'public';
    const stream = conversationStream(c.req.param('id'), audience);
    if (!(await store.mayRead(actor, stream))) throw unknown();
    c.header('Cache-Control', 'no-store');
    return c.json(await store.transcript(stream));
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

const unknown = (): ProblemError =>
  new ProblemError('not_found', 'There is nothing of yours at this address.');
