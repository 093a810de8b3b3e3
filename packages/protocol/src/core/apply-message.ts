import type { Message } from '../generated/types.ts';
import type { Fact } from './apply-conversation.ts';

/** The id of the message an event is about, if it is about one. */
export function messageIdOf(event: Fact): string | undefined {
  switch (event.type) {
    case 'message.created':
      return event.data.message.id;
    case 'message.checkpoint':
    case 'message.completed':
    case 'message.failed':
    case 'message.cancelled':
    case 'message.edited':
    case 'message.deleted':
    case 'message.reaction_changed':
    case 'message.feedback_given':
    case 'form.submitted':
      return event.data.messageId;
    default:
      return undefined;
  }
}

/** Folds one event into the message it is about. Pure; an event about a message one does not hold changes nothing. */
export function applyToMessage(message: Message | undefined, event: Fact): Message | undefined {
  if (event.type === 'message.created') return event.data.message;
  if (!message) return message;
  switch (event.type) {
    case 'message.checkpoint':
      if (message.status !== 'streaming') return message;
      return { ...message, parts: event.data.parts, nextIndexes: event.data.nextIndexes };
    case 'message.completed':
      return ended(message, 'complete', event.data.parts);
    case 'message.failed':
      return { ...ended(message, 'failed', event.data.parts), failure: event.data.reason };
    case 'message.cancelled':
      return ended(message, 'cancelled', event.data.parts);
    case 'message.edited':
      return { ...message, parts: event.data.parts, editedAt: event.time };
    case 'message.deleted':
      return { ...ended(message, 'deleted', []), reactions: undefined, feedback: undefined };
    case 'message.reaction_changed':
      return withReaction(message, event.data.emoji, event.data.participantId, event.data.active);
    case 'message.feedback_given':
      return { ...message, feedback: { helpful: event.data.helpful, reason: event.data.reason } };
    case 'form.submitted': {
      const { partId, values } = event.data;
      return {
        ...message,
        parts: message.parts.map((p) =>
          p.partId === partId && p.type === 'form' ? { ...p, submitted: values } : p,
        ),
      };
    }
    default:
      return message;
  }
}

function ended(message: Message, status: Message['status'], parts: Message['parts']): Message {
  const { nextIndexes: _open, ...rest } = message;
  return { ...rest, status, parts };
}

function withReaction(message: Message, emoji: string, participantId: string, active: boolean): Message {
  const before =
    (message.reactions && Object.hasOwn(message.reactions, emoji) && message.reactions[emoji]) || [];
  const without = before.filter((id) => id !== participantId);
  const after = active ? [...without, participantId] : without;
  const { [emoji]: _old, ...others } = message.reactions ?? {};
  return { ...message, reactions: after.length ? { ...others, [emoji]: after } : others };
}
