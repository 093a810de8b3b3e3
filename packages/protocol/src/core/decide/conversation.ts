import type { Command, Conversation, ConversationSummary, Message } from '../../generated/types.ts';
import { bounds, cut } from '../bounds.ts';
import type { Actor, ConversationView, Decision, Environment, NewEvent } from '../types.ts';
import { nextContext } from './context.ts';
import {
  accept,
  isWanted,
  joined,
  notice,
  profileOf,
  refuse,
  said,
  told,
  type Situation,
} from './outcome.ts';
import { invited, takenUp } from './invitation.ts';
import { surveyOnClose } from './survey.ts';
import { isPast, later } from './time.ts';

const hour = 3_600_000;

/** A conversation as its visitor's list shows it. */
export const summaryOf = (conversation: Conversation): ConversationSummary => ({
  conversationId: conversation.id,
  status: conversation.status,
  startedAt: conversation.startedAt,
  ...(conversation.closedAt && { closedAt: conversation.closedAt }),
});

/**
 * Begins a conversation: the visitor joins, the bot (if there is one) takes control and greets. Begun by an invitation, it is with the person
 * who made that, and her words stand in the greeting's place.
 */
export function startConversation(
  command: Command<'conversation.start'>,
  conversationId: string,
  actor: Actor,
  view: ConversationView,
  env: Environment,
): Decision {
  if (view.conversation)
    return refuse(
      'conversation_exists',
      `Conversation ${conversationId} has begun already. Choose a fresh id to begin another.`,
    );
  const { bot, greeting } = env.policy;
  const { locale, page, attributes, invitationId } = command.data;
  const visitor = profileOf(actor);
  const now = env.now();
  // Nobody is asked for it twice.
  const contact = view.contactOf?.(actor.id);
  const invitation = takenUp(invitationId, actor, view, env);
  const host = invitation?.from ?? bot;
  const conversation: Conversation = {
    id: conversationId,
    tenantId: actor.tenantId,
    status: 'open',
    visitor,
    participants: host ? [visitor, profileOf(host)] : [visitor],
    locale,
    startedAt: now,
    assignment: host
      ? { state: host.role === 'bot' ? 'bot' : 'assigned', controlledBy: host.id, since: now }
      : { state: 'queued', since: now },
    receipts: {},
  };
  const events: NewEvent[] = [
    said(conversationId, 'conversation.started', { conversation }),
    told(actor.id, 'conversation.added', { conversation: summaryOf(conversation) }),
    said(
      conversationId,
      'context.updated',
      { context: nextContext(contact ? { contact } : {}, { locale, page, attributes }) },
      'staff',
    ),
  ];
  if (invitation) return accept([...events, ...invited(invitation, conversation, env)], { conversationId });
  const parts = bot ? (greeting?.(locale) ?? []) : [];
  if (bot && parts.length) {
    const message: Message = {
      id: env.newId('m'),
      conversationId,
      author: profileOf(bot),
      status: 'complete',
      parts,
      createdAt: now,
    };
    events.push(said(conversationId, 'message.created', { message }));
  }
  return accept(events, { conversationId });
}

/** Ends a conversation; control ends with it, and a survey follows when the policy wants one. */
export function closeConversation(
  command: Command<'conversation.close'>,
  { actor, conversation, env }: Situation,
): Decision {
  const { id } = conversation;
  if (conversation.status === 'closed') return accept([], { conversationId: id });
  const reopenableUntil = later(env, env.policy.reopenWindowMs ?? 24 * hour);
  const previous = conversation.assignment.controlledBy;
  const reason = cut(command.data.reason, bounds.reason);
  const closed: Conversation = { ...conversation, status: 'closed', closedAt: env.now() };
  const events: NewEvent[] = [
    said(id, 'conversation.closed', { closedBy: actor.id, reason, reopenableUntil }),
    notice(env, id, 'closed', 'The conversation was closed.', actor),
    said(id, 'assignment.changed', { assignment: { state: 'none', since: env.now() }, previous }),
  ];
  if (isWanted(conversation.handoff))
    events.push(said(id, 'handoff.cancelled', { handoffId: conversation.handoff.handoffId, by: actor.id }));
  events.push(...surveyOnClose(conversation, env));
  events.push(told(conversation.visitor.id, 'conversation.changed', { conversation: summaryOf(closed) }));
  return accept(events, { conversationId: id });
}

/** Goes on with a closed conversation: with the agent who reopens it, else with the bot, else in the queue. */
export function reopenConversation({ actor, conversation, env }: Situation): Decision {
  const { id, reopenableUntil } = conversation;
  if (conversation.status === 'open') return accept([], { conversationId: id });
  if (reopenableUntil && isPast(reopenableUntil, env))
    return refuse('conversation_closed', 'This conversation ended too long ago to go on. Begin a new one.');
  const { bot } = env.policy;
  const now = env.now();
  const assignment =
    actor.role === 'agent'
      ? ({ state: 'assigned', controlledBy: actor.id, since: now } as const)
      : bot
        ? ({ state: 'bot', controlledBy: bot.id, since: now } as const)
        : ({ state: 'queued', since: now } as const);
  return accept(
    [
      said(id, 'conversation.reopened', { by: actor.id }),
      ...(actor.role === 'agent' ? joined(conversation, actor) : []),
      notice(env, id, 'reopened', 'The conversation goes on.', actor),
      said(id, 'assignment.changed', { assignment }),
      told(conversation.visitor.id, 'conversation.changed', {
        conversation: summaryOf({ ...conversation, status: 'open', closedAt: undefined }),
      }),
    ],
    { conversationId: id },
  );
}
