import type { Command, Message } from '../../generated/types.ts';
import { bounds, cut } from '../bounds.ts';
import type { Decision } from '../types.ts';
import { accept, isStaff, refuse, said, type Situation } from './outcome.ts';
import { noMessage } from './own-message.ts';

/** Gives or takes back a reaction. How many different ones a message can have is bounded, and so is who gave them. */
export function reactToMessage(command: Command<'message.react'>, situation: Situation): Decision {
  const { actor, conversation, view } = situation;
  const { messageId, emoji, active } = command.data;
  const message = view.message(messageId);
  if (!message || message.status === 'deleted') return noMessage(messageId);
  if (emoji.trim() === '') return refuse('invalid_command', 'A reaction needs an emoji.');
  const given = reactionsOf(message, emoji);
  if (given.includes(actor.id) === active) return accept([], { messageId });
  if (active && given.length === 0 && Object.keys(message.reactions ?? {}).length >= bounds.emojiPerMessage)
    return refuse('forbidden', `A message takes at most ${bounds.emojiPerMessage} different reactions.`);
  if (active && given.length >= bounds.participantsPerEmoji)
    return refuse('forbidden', `At most ${bounds.participantsPerEmoji} people can give the same reaction.`);
  const data = { messageId, participantId: actor.id, emoji, active };
  return accept([said(conversation.id, 'message.reaction_changed', data)], { messageId });
}

function reactionsOf({ reactions }: Message, emoji: string): readonly string[] {
  return (reactions && Object.hasOwn(reactions, emoji) && reactions[emoji]) || [];
}

/** Says whether an answer helped. The last word counts; the same word again changes nothing. */
export function giveFeedback(command: Command<'message.feedback'>, situation: Situation): Decision {
  const { messageId, helpful } = command.data;
  const reason = cut(command.data.reason, bounds.reason);
  const message = situation.view.message(messageId);
  const answers = message?.author.role === 'bot' || message?.author.role === 'agent';
  if (!message || !answers || message.status === 'deleted')
    return refuse('message_not_found', 'Feedback is for an answer of this conversation.');
  if (message.feedback?.helpful === helpful && message.feedback.reason === reason)
    return accept([], { messageId });
  const data = { messageId, helpful, reason };
  return accept([said(situation.conversation.id, 'message.feedback_given', data)], { messageId });
}

/** Receipts never go back: an older mark than the one held changes nothing. */
export function markReceipt(command: Command<'receipt.mark'>, situation: Situation): Decision {
  const { actor, conversation, view } = situation;
  const { messageId, kind } = command.data;
  const order = view.order(messageId);
  if (order === undefined) return noMessage(messageId);
  const receipt = Object.hasOwn(conversation.receipts, actor.id)
    ? conversation.receipts[actor.id]
    : undefined;
  const held = receipt?.[kind];
  const heldOrder = held === undefined ? undefined : view.order(held);
  if (heldOrder !== undefined && heldOrder >= order) return accept([]);
  // An agent who only looks in has not read for the one who answers.
  if (isStaff(actor) && kind === 'read' && conversation.assignment.controlledBy !== actor.id)
    return accept([]);
  const data = { participantId: actor.id, messageId, kind };
  return accept([said(conversation.id, 'receipt.updated', data)]);
}
