import type { Command, Message } from '../../generated/types.ts';
import { bounds } from '../bounds.ts';
import { canonical } from '../lane.ts';
import type { Decision } from '../types.ts';
import { accept, profileOf, refuse, said, type Situation } from './outcome.ts';
import { isDecision, ownMessage } from './own-message.ts';
import { checkedParts, refusalOfParts, withAsked } from './parts.ts';
import { surveysAskedIn, surveyTakenBack } from './survey.ts';

/**
 * Says something. Support speaks only while it has control, so a bot never talks over a person. A message that is sent
 * again under another number, as after a change of outbox, is the same message: its `clientMessageId` tells.
 */
export function sendMessage(command: Command<'message.send'>, situation: Situation): Decision {
  const { actor, conversation, env, view } = situation;
  const { clientMessageId, parts, replyTo, status = 'complete' } = command.data;
  const sent = view.sentMessage?.(actor.id, clientMessageId);
  if (sent !== undefined) return accept([], { conversationId: conversation.id, messageId: sent });
  const wrong =
    refusalToSpeak(status, situation) ??
    refusalOfParts(parts, situation, { streaming: status === 'streaming', asks: status === 'complete' });
  if (wrong) return wrong;
  const message: Message = {
    id: env.newId('m'),
    conversationId: conversation.id,
    clientMessageId,
    author: profileOf(actor),
    status,
    parts: checkedParts(parts, situation),
    createdAt: env.now(),
    ...(replyTo && view.message(replyTo) && { replyTo }),
  };
  return accept([...surveysAskedIn(message, env), said(conversation.id, 'message.created', { message })], {
    conversationId: conversation.id,
    messageId: message.id,
  });
}

function refusalToSpeak(
  status: 'complete' | 'streaming',
  { actor, conversation }: Situation,
): Decision | undefined {
  if (conversation.status === 'closed') return closedToWords(conversation.reopenableUntil);
  if (actor.role !== 'visitor' && conversation.assignment.controlledBy !== actor.id)
    return refuse(
      'not_controller',
      'Somebody else has control of this conversation. Take it over before you write.',
    );
  if (status === 'streaming' && actor.role === 'visitor')
    return refuse('forbidden', 'Only bots and agents can stream a message.');
  return undefined;
}

const closedToWords = (reopenableUntil: string | undefined): Decision =>
  refuse('conversation_closed', 'This conversation is closed. Reopen it, or begin a new one.', {
    reopenableUntil,
  });

/** Replaces what one said, for a while: nobody can rewrite what others have long acted on. */
export function editMessage(command: Command<'message.edit'>, situation: Situation): Decision {
  const { conversation, env } = situation;
  const { messageId } = command.data;
  const message = ownMessage(messageId, situation);
  if (isDecision(message)) return message;
  if (conversation.status === 'closed') return closedToWords(conversation.reopenableUntil);
  if (message.status !== 'complete')
    return refuse('forbidden', `Only a complete message can be edited; this one is ${message.status}.`);
  const window = env.policy.editWindowMs ?? bounds.editWindow;
  if (Date.parse(env.now()) - Date.parse(message.createdAt) > window)
    return refuse(
      'forbidden',
      `A message can be edited for ${Math.round(window / 60_000)} minutes. Send another one.`,
    );
  const parts = withAsked(command.data.parts, message.parts);
  const wrong = refusalOfParts(parts, situation, { asked: message.parts });
  if (wrong) return wrong;
  const next = checkedParts(parts, situation, message.parts);
  if (canonical(next) === canonical(message.parts)) return accept([], { messageId });
  return accept([said(conversation.id, 'message.edited', { messageId, parts: next })], { messageId });
}

/** Takes one's own message back, at any time, also after the close. A survey that nobody can see any more is over with it. */
export function deleteMessage(command: Command<'message.delete'>, situation: Situation): Decision {
  const { messageId } = command.data;
  const message = ownMessage(messageId, situation);
  if (isDecision(message)) return message;
  const { actor, conversation } = situation;
  const deleted = said(conversation.id, 'message.deleted', { messageId, by: actor.id });
  return accept([...surveyTakenBack(messageId, conversation), deleted], { messageId });
}
