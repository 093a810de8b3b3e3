// What it takes to talk: the folds a client needs at once. `applyToConversation`, `applyToMessage` and `applyToUser` build on them.
import type { Conversation, Message } from '../generated/types.ts';
import type { Fact } from './apply-conversation.ts';
import type { UserState } from './apply-user.ts';
import { upserted } from './upserted.ts';

/** Whether an event is part of plain talk, so that `talkOf…` folds it as `applyTo…` does. */
export const isTalk = (type: string): boolean =>
  /^(message\.(created|checkpoint|completed)|conversation\.(started|added|changed)|participant\.joined|assignment\.changed|receipt\.updated)$/.test(
    type,
  );

/** Folds plain talk into a conversation's state; anything else changes nothing. */
export function talkOfConversation(
  state: Conversation | undefined,
  { type, data }: Fact,
): Conversation | undefined {
  if (type === 'conversation.started') return data.conversation;
  if (!state) return state;
  switch (type) {
    case 'message.created':
      return withFirstWords(state, data.message);
    case 'participant.joined':
      return { ...state, participants: upserted(state.participants, data.participant, (p) => p.id) };
    case 'assignment.changed':
      return { ...state, assignment: data.assignment };
    case 'receipt.updated': {
      const { participantId: id, kind, messageId } = data;
      const before = Object.hasOwn(state.receipts, id) ? state.receipts[id] : undefined;
      return { ...state, receipts: { ...state.receipts, [id]: { ...before, [kind]: messageId } } };
    }
    default:
      return state;
  }
}

/** The id of the message an event is about, if it is about one. */
export function messageIdOf({ type, data }: Fact): string | undefined {
  if (type === 'message.created') return data.message.id;
  return /^(message|form|survey)\./.test(type) ? (data as { messageId?: string }).messageId : undefined;
}

/** Folds plain talk into the message it is about; anything else changes nothing. */
export function talkOfMessage(message: Message | undefined, { type, data }: Fact): Message | undefined {
  if (type === 'message.created') return data.message;
  if (!message) return message;
  if (type === 'message.completed') return endedMessage(message, 'complete', data.parts);
  return type === 'message.checkpoint' && message.status === 'streaming'
    ? { ...message, parts: data.parts, nextIndexes: data.nextIndexes }
    : message;
}

/** A user of whom nothing is known yet. */
export const emptyUserState: UserState = { conversations: [], consents: [], invitations: [] };

/** Folds plain talk into a user's state; anything else changes nothing. */
export function talkOfUser(state: UserState, { type, data }: Fact): UserState {
  return type === 'conversation.added' || type === 'conversation.changed'
    ? { ...state, conversations: upserted(state.conversations, data.conversation, (c) => c.conversationId) }
    : state;
}

/** A message whose last word has been said. */
export function endedMessage(message: Message, status: Message['status'], parts: Message['parts']): Message {
  const { nextIndexes: _open, ...rest } = message;
  return { ...rest, status, parts };
}

/** Whether there was a question, and an answer: the greeting is neither. */
function withFirstWords(state: Conversation, { author, createdAt }: Message): Conversation {
  if (author.role === 'visitor') return state.askedAt ? state : { ...state, askedAt: createdAt };
  const answers = author.role === 'bot' || author.role === 'agent';
  return answers && state.askedAt && !state.answeredAt ? { ...state, answeredAt: createdAt } : state;
}
