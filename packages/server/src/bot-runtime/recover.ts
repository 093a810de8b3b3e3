import { conversationStream } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { ServerContext } from '../context.ts';
import type { Work } from './answer-message.ts';
import {
  handoffContextOf,
  questionBefore,
  readConversation,
  traceOfMessage,
  type ConversationSoFar,
} from './conversation-so-far.ts';
import { NumberedOutbox } from './numbered-outbox.ts';

/** What the last process left undone happened within so long before its last event, in ms. */
const lastMomentsMs = 10 * 60_000;
const mostConversations = 1000;

type Parts = { ctx: Pick<ServerContext, 'store' | 'tenantId' | 'logger'>; actor: Actor };

/**
 * Finds what the last process left undone when it ended: a visitor's last message without an answer is to be answered, a
 * handover that was announced but not asked for is asked for now.
 */
export async function recover({ ctx, actor }: Parts): Promise<Work[]> {
  const work: Work[] = [];
  for (const id of await latestWithBot(ctx)) {
    const soFar = await readConversation(ctx.store, id);
    if (!soFar || soFar.conversation.assignment.controlledBy !== actor.id) continue;
    const unanswered = unansweredIn(soFar);
    if (unanswered) work.push({ kind: 'question', conversationId: id, messageId: unanswered });
    const superseded = supersededIn(soFar);
    if (superseded) work.push({ kind: 'again', conversationId: id, messageId: superseded });
    if (!unanswered && !superseded) await finishHandover({ ctx, actor }, soFar);
  }
  return work;
}

async function latestWithBot({ store, tenantId }: Parts['ctx']): Promise<string[]> {
  const rows = await store.sql.all<{ id: string }>(
    `WITH latest AS (
        SELECT conversation AS id, changed_at, json FROM inbox_entries WHERE tenant = ? AND status = 'open'
        ORDER BY changed_at DESC LIMIT ?
      )
      SELECT id FROM latest WHERE json_extract(json, '$.assignment.state') = 'bot'
        AND unixepoch(changed_at) >= (SELECT max(unixepoch(changed_at)) FROM latest) - ?`,
    [tenantId, mostConversations, lastMomentsMs / 1000],
  );
  return rows.map(({ id }) => id);
}

/** The visitor's last message, when nothing but failed attempts came after it. */
function unansweredIn({ messages }: ConversationSoFar): string | undefined {
  const at = messages.findLastIndex(
    ({ author, status }) => author.role === 'visitor' && status !== 'deleted',
  );
  const isAnswered = messages
    .slice(at + 1)
    .some(({ author, status }) => author.role !== 'system' && status !== 'failed');
  return at < 0 || isAnswered ? undefined : messages[at]?.id;
}

/** The last answer that another one was asked for, when nothing but failed attempts at that came. */
function supersededIn({ messages }: ConversationSoFar): string | undefined {
  const last = messages.findLast(({ supersededAt }) => supersededAt);
  const isAnswered = messages.some(
    ({ clientMessageId, status }) => clientMessageId?.startsWith(`again.${last?.id}.`) && status !== 'failed',
  );
  return isAnswered ? undefined : last?.id;
}

async function finishHandover({ ctx, actor }: Parts, soFar: ConversationSoFar): Promise<void> {
  const last = soFar.messages.findLast(({ author }) => author.role === 'bot');
  const trace = last && traceOfMessage(soFar, last.id);
  if (!last || last.status !== 'complete' || trace?.outcome !== 'handover') return;
  // An agent may have given the conversation back since: then the handover was asked for, and is over.
  if (soFar.conversation.handoff && soFar.conversation.handoff.requestedAt >= last.createdAt) return;
  const { id } = soFar.conversation;
  const context = handoffContextOf(soFar, trace.question || questionBefore(soFar, last.id));
  await new NumberedOutbox(ctx.store, actor, `bot.handover.${last.id}`).execute({
    type: 'handoff.request',
    conversationId: id,
    data: { ...(trace.reason && { reason: trace.reason }), context },
  });
  ctx.logger.info(
    { stream: conversationStream(id, 'public') },
    'Finished a handover that the last stop had interrupted.',
  );
}
