import type { Conversation, EventDataMap, Invitation, LogEvent, Message, Time } from '../generated/types.ts';
import type { UserState } from './apply-user.ts';
import { emptyUserState } from './talk.ts';

type Identified = EventDataMap['visitor.identified'];

/**
 * Folds `visitor.identified` into a conversation's state. It is apart from the other reducers because readers never
 * need it: the event changes what was said before, so the epoch changes with it, and readers get a snapshot.
 */
export function identifyInConversation(state: Conversation, { from, visitor }: Identified): Conversation {
  const { [from]: marks, ...receipts } = state.receipts;
  return {
    ...state,
    visitor,
    participants: [...state.participants.filter(({ id }) => id !== from && id !== visitor.id), visitor],
    receipts: marks ? { ...receipts, [visitor.id]: marks } : receipts,
  };
}

/** Folds `visitor.identified` into one message of the conversation; returns the same object when it is not about her. */
export function identifyInMessage(message: Message, { from, visitor }: Identified): Message {
  const reactions = Object.entries(message.reactions ?? {});
  const reacted = reactions.some(([, ids]) => ids.includes(from));
  if (message.author.id !== from && !reacted) return message;
  return {
    ...message,
    ...(message.author.id === from && { author: visitor }),
    ...(reacted && {
      reactions: Object.fromEntries(
        reactions.map(([emoji, ids]) => [emoji, ids.map((id) => (id === from ? visitor.id : id))]),
      ),
    }),
  };
}

/** Folds `conversation.erased` into a conversation's state: that it was, and how long, is all that is left. */
export function eraseInConversation(state: Conversation, time: Time): Conversation {
  const visitor = { id: 'erased', role: 'visitor' } as const;
  return {
    id: state.id,
    tenantId: state.tenantId,
    status: 'closed',
    visitor,
    participants: [...state.participants.filter(({ role }) => role !== 'visitor'), visitor],
    startedAt: state.startedAt,
    closedAt: state.closedAt ?? time,
    assignment: { state: 'none', since: time },
    receipts: {},
    erasedAt: time,
  };
}

/** Folds `data.erased` into a user's state. */
export function eraseInUser(state: UserState, { conversationId }: EventDataMap['data.erased']): UserState {
  if (conversationId === undefined) return emptyUserState;
  return {
    ...state,
    conversations: state.conversations.filter((one) => one.conversationId !== conversationId),
    invitations: state.invitations.filter((one) => !goesWith(one, conversationId)),
  };
}

/**
 * Whether an invitation is erased with a conversation: the one that it was made from or leads into. One that names neither, as they were
 * stored once, may be about any of hers, so it goes with the first that goes.
 */
function goesWith(
  { conversationId, sourceConversationId = conversationId }: Partial<Invitation>,
  erased: string,
): boolean {
  return sourceConversationId === undefined || [conversationId, sourceConversationId].includes(erased);
}

/** Whether an event of an inbox or of a user says something of a conversation that is erased. */
export function tellsOf({ data }: Pick<LogEvent, 'data'>, erased: string): boolean {
  const { invitation, invitationId, entry, conversation, conversationId } = data as {
    invitation?: Invitation;
    invitationId?: string;
    entry?: { conversationId: string };
    conversation?: { conversationId: string };
    conversationId?: string;
  };
  if (invitation) return goesWith(invitation, erased);
  // That one was waved away, and why.
  if (invitationId !== undefined && conversationId === undefined) return true;
  return [entry?.conversationId, conversation?.conversationId, conversationId].includes(erased);
}

/** Whether an event's contents were erased; each type of event has something in it before. */
export const isErased = ({ data }: Pick<LogEvent, 'data'>): boolean => Object.keys(data).length === 0;

/** Events after which what was said before reads differently: the streams of the conversation begin a new epoch. */
export const rewritesHistory = (type: string): boolean =>
  type === 'visitor.identified' || type === 'conversation.erased';
