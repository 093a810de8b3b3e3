import type { CannedReply, Part } from '@sahay/protocol';
import { bounds, deeperThan, wellFormed } from '@sahay/protocol/core';
import { validateCannedReply } from '@sahay/protocol/validate';
import type { Hono } from 'hono';
import type { SqlAccess } from '../../storage/store.ts';
import { authenticateAgent } from '../authenticate.ts';
import type { HttpEnv, HttpParts } from '../http-env.ts';
import { ProblemError } from '../problem-error.ts';
import { readJson } from '../read-json.ts';

const mostReplies = 500;
const longestTitle = 120;
const longestText = 16_000;

/** Canned replies: read by all agents, replaced as a whole by any. */
export function addCannedReplyRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const { sql } = parts.ctx.store;

  app.get('/v1/canned-replies', async (c) => {
    await authenticateAgent(c, parts);
    c.header('Cache-Control', 'no-store');
    return c.json({ replies: await readReplies(sql) });
  });

  app.put('/v1/canned-replies', async (c) => {
    await authenticateAgent(c, parts);
    const { replies: given } = await readJson(c, 1_048_576);
    if (deeperThan(given, bounds.depth))
      throw new ProblemError('invalid_frame', `The replies nest deeper than ${bounds.depth} levels.`);
    const replies = repliesOf(wellFormed(given));
    await sql.transaction([
      { sql: 'DELETE FROM canned_replies' },
      ...replies.map(({ id, title, text, parts: below }, position) => ({
        sql: 'INSERT INTO canned_replies (position, id, title, text, parts) VALUES (?, ?, ?, ?, ?)',
        params: [position, id, title, text, below ? JSON.stringify(below) : null],
      })),
    ]);
    c.header('Cache-Control', 'no-store');
    return c.json({ replies });
  });
}

interface Row {
  id: string;
  title: string;
  text: string;
  parts: string | null;
}

async function readReplies(sql: SqlAccess): Promise<CannedReply[]> {
  const rows = await sql.all<Row>('SELECT id, title, text, parts FROM canned_replies ORDER BY position');
  return rows.map(({ parts, ...reply }) => ({
    ...reply,
    ...(parts !== null && { parts: JSON.parse(parts) as Part[] }),
  }));
}

function repliesOf(value: unknown): CannedReply[] {
  if (!Array.isArray(value) || value.length > mostReplies)
    throw new ProblemError('invalid_frame', `"replies" must be a list of at most ${mostReplies}.`);
  const replies = value.map(replyOf);
  if (new Set(replies.map(({ id }) => id)).size < replies.length)
    throw new ProblemError('invalid_frame', 'Two of the replies have the same id. Give each its own.');
  return replies;
}

function replyOf(value: unknown): CannedReply {
  const verdict = validateCannedReply(value);
  if (!verdict.valid)
    throw new ProblemError(
      'invalid_frame',
      `A reply is not right: ${verdict.error}. Give each an id, a title, a text, and parts as a message has them.`,
    );
  const { id, title, text, parts } = verdict.value;
  const below = parts?.length ? parts : undefined;
  if (!title.trim() || title.length > longestTitle || text.length > longestText || !(text.trim() || below))
    throw new ProblemError(
      'invalid_frame',
      `Each reply needs a title of at most ${longestTitle} and a text of at most ${longestText} characters; with parts the text may be empty.`,
    );
  return { id, title, text, ...(below && { parts: below }) };
}
