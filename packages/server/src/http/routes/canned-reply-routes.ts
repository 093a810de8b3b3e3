import type { Hono } from 'hono';
import type { SqlAccess } from '../../storage/store.ts';
import { authenticateAgent } from '../authenticate.ts';
import type { HttpEnv, HttpParts } from '../http-env.ts';
import { ProblemError } from '../problem-error.ts';
import { readJson } from '../read-json.ts';

/** A text that agents use often. */
export interface CannedReply {
  id: string;
  title: string;
  text: string;
}

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
    const replies = repliesOf((await readJson(c, 1_048_576))['replies']);
    await sql.transaction([
      { sql: 'DELETE FROM canned_replies' },
      ...replies.map(({ id, title, text }, position) => ({
        sql: 'INSERT INTO canned_replies (position, id, title, text) VALUES (?, ?, ?, ?)',
        params: [position, id, title, text],
      })),
    ]);
    c.header('Cache-Control', 'no-store');
    return c.json({ replies });
  });
}

const readReplies = (sql: SqlAccess): Promise<CannedReply[]> =>
  sql.all<CannedReply>('SELECT id, title, text FROM canned_replies ORDER BY position');

function repliesOf(value: unknown): CannedReply[] {
  if (!Array.isArray(value) || value.length > mostReplies)
    throw new ProblemError('invalid_frame', `"replies" must be a list of at most ${mostReplies}.`);
  const replies = value.map(replyOf);
  if (new Set(replies.map(({ id }) => id)).size < replies.length)
    throw new ProblemError('invalid_frame', 'Two of the replies have the same id. Give each its own.');
  return replies;
}

function replyOf(value: unknown): CannedReply {
  const { id, title, text } = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<string, unknown>
  >;
  const isReply =
    typeof id === 'string' &&
    /^[A-Za-z0-9_.-]{1,128}$/.test(id) &&
    typeof title === 'string' &&
    title.trim() !== '' &&
    title.length <= longestTitle &&
    typeof text === 'string' &&
    text.trim() !== '' &&
    text.length <= longestText;
  if (!isReply)
    throw new ProblemError(
      'invalid_frame',
      `Each reply needs an id, a title of at most ${longestTitle} and a text of at most ${longestText} characters.`,
    );
  return { id, title, text };
}
