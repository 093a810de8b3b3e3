import type { SqlAccess } from '../storage/store.ts';
import type { Insights, TopArticle, UnansweredQuestion } from './insights.ts';
import { normaliseQuestion } from './normalise-question.ts';
import { percentile } from './percentile.ts';

/** Which period to look at. */
export interface InsightsQuery {
  tenantId: string;
  days: number;
  /** Milliseconds since 1970. */
  now: number;
}

/** The latest of each kind that are looked at: what it costs stays the same, however long a server has been running. */
const mostConversations = 10_000;
const mostTraces = 5_000;
const longestList = 20;
const mostIds = 10;

/** Computes the insights from the projections that storage keeps beside the log. */
export async function readInsights(
  sql: SqlAccess,
  { tenantId, days, now }: InsightsQuery,
): Promise<Insights> {
  const from = new Date(now - days * 86_400_000).toISOString();
  const [conversations, unanswered, topArticles] = await Promise.all([
    readConversations(sql, tenantId, from),
    readUnanswered(sql, from),
    readTopArticles(sql, from),
  ]);
  return { days, from, to: new Date(now).toISOString(), ...conversations, unanswered, topArticles };
}

type ConversationRow = {
  status: string;
  startedAt: string;
  handoffAt: string | null;
  replyAt: string | null;
  closedAt: string | null;
  score: number | null;
  isAnswered: number;
  /** Whether people have it now. */
  isPeoples: number;
};

type Figures = Pick<Insights, 'conversations' | 'rating' | 'firstResponse' | 'resolution' | 'outcome'>;

/** The `+` keeps SQLite from looking for a conversation's traces among all answers of all conversations. */
async function readConversations(sql: SqlAccess, tenantId: string, from: string): Promise<Figures> {
  const rows = await sql.all<ConversationRow>(
    `SELECT status, started_at AS startedAt, first_handoff_at AS handoffAt, first_reply_at AS replyAt, score,
        CASE status WHEN 'closed' THEN json_extract(state, '$.closedAt') END AS closedAt,
        EXISTS (SELECT 1 FROM staff_items WHERE conversation = conversations.id AND kind = 'trace' AND +outcome = 'answer') AS isAnswered,
        json_extract(state, '$.assignment.state') IN ('queued', 'ringing', 'assigned') AS isPeoples
      FROM conversations WHERE tenant = ? AND started_at >= ? ORDER BY started_at DESC LIMIT ?`,
    [tenantId, from, mostConversations],
  );
  // Agents also take what nobody asked them to, and then it is not the bot's merit.
  const isOfPeople = (row: ConversationRow): boolean =>
    row.handoffAt !== null || row.replyAt !== null || row.isPeoples === 1;
  const handedOver = rows.filter(isOfPeople);
  const resolvedByBot = rows.filter((row) => !isOfPeople(row) && row.isAnswered === 1).length;
  const asked = resolvedByBot + handedOver.length;
  const share = (part: number): number | undefined => (asked ? part / asked : undefined);
  const waits = handedOver.flatMap(({ handoffAt, replyAt }) => secondsBetween(handoffAt, replyAt));
  return {
    conversations: rows.length,
    rating: ratingOf(rows.flatMap(({ score }) => (score === null ? [] : [score]))),
    firstResponse: {
      ...durationsOf(waits),
      waiting: handedOver.filter(
        ({ status, handoffAt, replyAt }) => status === 'open' && handoffAt !== null && replyAt === null,
      ).length,
    },
    resolution: durationsOf(rows.flatMap(({ startedAt, closedAt }) => secondsBetween(startedAt, closedAt))),
    outcome: {
      resolvedByBot,
      handedOver: handedOver.length,
      ...defined('resolvedByBotShare', share(resolvedByBot)),
      ...defined('handedOverShare', share(handedOver.length)),
    },
  };
}

function defined<K extends string>(key: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, number>);
}

/** An agent who wrote before anybody asked for one answered at once. */
function secondsBetween(from: string | null, to: string | null): number[] {
  return from === null || to === null ? [] : [Math.max(0, Date.parse(to) - Date.parse(from)) / 1000];
}

function durationsOf(seconds: readonly number[]): { median?: number; p90?: number; count: number } {
  const sorted = [...seconds].sort((a, b) => a - b);
  return {
    ...defined('median', percentile(sorted, 0.5)),
    ...defined('p90', percentile(sorted, 0.9)),
    count: sorted.length,
  };
}

function ratingOf(scores: readonly number[]): Insights['rating'] {
  const distribution = { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 };
  for (const score of scores) if (Object.hasOwn(distribution, score)) distribution[String(score) as '1']++;
  const sum = scores.reduce((total, score) => total + score, 0);
  return {
    ...defined('average', scores.length ? sum / scores.length : undefined),
    count: scores.length,
    distribution,
  };
}

type QuestionRow = { conversationId: string; time: string; question: string | null };

/** What somebody asked for a person about is no gap in the articles, so only the two other reasons count. */
async function readUnanswered(sql: SqlAccess, from: string): Promise<UnansweredQuestion[]> {
  const rows = await sql.all<QuestionRow>(
    `SELECT conversation AS conversationId, time, json_extract(json, '$.question') AS question
      FROM (SELECT * FROM staff_items WHERE kind = 'trace' AND outcome = 'handover' AND time >= ? ORDER BY time DESC LIMIT ?)
      WHERE json_extract(json, '$.reason') IN ('not_covered', 'did_not_help')`,
    [from, mostTraces],
  );
  const byMeaning = new Map<string, UnansweredQuestion>();
  for (const { conversationId, time, question } of rows) {
    const meaning = normaliseQuestion(question ?? '');
    if (!question || meaning === '') continue;
    const held = byMeaning.get(meaning) ?? { question, count: 0, lastAskedAt: time, conversationIds: [] };
    held.count++;
    if (held.conversationIds.length < mostIds && !held.conversationIds.includes(conversationId))
      held.conversationIds.push(conversationId);
    byMeaning.set(meaning, held);
  }
  return [...byMeaning.values()]
    .sort((a, b) => b.count - a.count || b.lastAskedAt.localeCompare(a.lastAskedAt))
    .slice(0, longestList);
}

/** With a bare column beside `max(time)`, SQLite takes it from the row that holds the maximum. */
function readTopArticles(sql: SqlAccess, from: string): Promise<TopArticle[]> {
  return sql.all<TopArticle>(
    `SELECT articleId, title, count(*) AS count, lastQuestion, max(time) AS lastAskedAt FROM (
        SELECT json_extract(json, '$.articles[0].id') AS articleId, json_extract(json, '$.articles[0].title') AS title,
          json_extract(json, '$.question') AS lastQuestion, time
        FROM staff_items WHERE kind = 'trace' AND outcome = 'answer' AND time >= ? ORDER BY time DESC LIMIT ?
      ) WHERE articleId IS NOT NULL GROUP BY articleId ORDER BY count DESC, articleId LIMIT ?`,
    [from, mostTraces, longestList],
  );
}
