import type { Command, Message } from '../../generated/types.ts';
import { bounds, cut } from '../bounds.ts';
import type { Decision } from '../types.ts';
import { accept, refuse, said, type Situation } from './outcome.ts';
import { isDecision, noMessage, ownMessage } from './own-message.ts';
import { checkedParts, refusalOfParts } from './parts.ts';

/** A streaming message of the actor's own, which is all that checkpoint, complete and fail may touch. */
function ownStream(messageId: string, situation: Situation): Message | Decision {
  const message = ownMessage(messageId, situation);
  if (isDecision(message)) return message;
  return message.status === 'streaming'
    ? message
    : refuse('message_not_found', `Message ${messageId} has ended (${message.status}).`);
}

export function checkpointMessage(command: Command<'message.checkpoint'>, situation: Situation): Decision {
  const { messageId, parts, nextIndexes = {} } = command.data;
  const message = ownStream(messageId, situation);
  if (isDecision(message)) return message;
  const wrong = refusalOfParts(parts, situation, { streaming: true });
  if (wrong) return wrong;
  const known = new Set(parts.map((part) => part.partId));
  const indexes = Object.entries(nextIndexes).filter(([partId]) => known.has(partId));
  const data = {
    messageId,
    parts: checkedParts(parts, situation),
    nextIndexes: Object.fromEntries(indexes),
  };
  return accept([said(situation.conversation.id, 'message.checkpoint', data)], { messageId });
}

/**
 * Ends an answer well. One that was begun may be ended after control passed on, or after the close: a stream that
 * nobody may end would grow for ever in every view.
 */
export function completeMessage(command: Command<'message.complete'>, situation: Situation): Decision {
  const { messageId, parts } = command.data;
  const message = ownStream(messageId, situation);
  if (isDecision(message)) return message;
  const wrong = refusalOfParts(parts, situation);
  if (wrong) return wrong;
  const data = { messageId, parts: checkedParts(parts, situation) };
  return accept([said(situation.conversation.id, 'message.completed', data)], { messageId });
}

export function failMessage(command: Command<'message.fail'>, situation: Situation): Decision {
  const { messageId } = command.data;
  const message = ownStream(messageId, situation);
  if (isDecision(message)) return message;
  const reason = cut(command.data.reason, bounds.reason) ?? '';
  const data = { messageId, parts: message.parts, reason };
  return accept([said(situation.conversation.id, 'message.failed', data)], { messageId });
}

/**
 * Stops a bot's answer, or one's own. Cancelling one that has ended already changes nothing and is no error.
 */
export function cancelMessage(command: Command<'message.cancel'>, situation: Situation): Decision {
  const { actor, conversation, view } = situation;
  const { messageId } = command.data;
  const message = view.message(messageId);
  if (!message) return noMessage(messageId);
  if (message.status !== 'streaming') return accept([], { messageId });
  if (message.author.role !== 'bot' && message.author.id !== actor.id)
    return refuse('forbidden', "Only a bot's answer, or one's own, can be stopped.");
  const data = { messageId, parts: message.parts, by: actor.id };
  return accept([said(conversation.id, 'message.cancelled', data)], { messageId });
}

/** Has the bot that has control answer again: its earlier answer stays, marked. Asking twice asks once. */
export function regenerateMessage(command: Command<'message.regenerate'>, situation: Situation): Decision {
  const { actor, conversation, view, env } = situation;
  if (!env.policy.regenerates)
    return refuse('capability_absent', 'This backend does not support message.regenerate.');
  const { messageId } = command.data;
  const message = view.message(messageId);
  if (!message || message.status === 'deleted') return noMessage(messageId);
  if (message.author.role !== 'bot')
    return refuse('forbidden', "Only a bot's answer can be asked for again.");
  if (message.supersededAt) return accept([], { messageId });
  if (conversation.status === 'closed')
    return refuse('conversation_closed', 'This conversation is closed. Reopen it first.', {
      reopenableUntil: conversation.reopenableUntil,
    });
  if (conversation.assignment.controlledBy !== message.author.id)
    return refuse('not_controller', 'The bot has no control here now, so it cannot answer again.');
  if (message.status === 'streaming')
    return refuse('invalid_command', 'This answer is not at its end yet. Cancel it first.');
  return accept([said(conversation.id, 'message.superseded', { messageId, by: actor.id })], { messageId });
}
