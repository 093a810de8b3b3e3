import type { Message, SurveyPart } from '../generated/types.ts';
import type { Fact } from './apply-conversation.ts';
import { endedMessage as ended, talkOfMessage } from './talk.ts';

/** Folds one event into the message it is about. Pure; an event about a message one does not hold changes nothing. */
export function applyToMessage(message: Message | undefined, fact: Fact): Message | undefined {
  const { type, data, time } = fact;
  if (!message) return talkOfMessage(message, fact);
  switch (type) {
    case 'message.failed':
      return { ...ended(message, 'failed', data.parts), failure: data.reason };
    case 'message.cancelled':
      return ended(message, 'cancelled', data.parts);
    case 'message.edited':
      return { ...message, parts: data.parts, editedAt: time };
    case 'message.superseded':
      return { ...message, supersededAt: time };
    case 'message.deleted':
      return { ...ended(message, 'deleted', []), reactions: undefined, feedback: undefined };
    case 'message.reaction_changed':
      return withReaction(message, data.emoji, data.participantId, data.active);
    case 'message.feedback_given':
      return { ...message, feedback: { helpful: data.helpful, reason: data.reason } };
    case 'form.submitted': {
      const { partId, values } = data;
      return {
        ...message,
        parts: message.parts.map((p) =>
          p.partId === partId && p.type === 'form' ? { ...p, submitted: values } : p,
        ),
      };
    }
    case 'survey.submitted':
      return withSurvey(message, data.partId, { state: 'submitted', answers: data.answers });
    case 'survey.dismissed':
      return withSurvey(message, data.partId, { state: 'dismissed' });
    default:
      return talkOfMessage(message, fact);
  }
}

function withSurvey(message: Message, partId: string | undefined, change: Partial<SurveyPart>): Message {
  const parts = message.parts.map((p) =>
    p.partId === partId && p.type === 'survey' ? { ...p, ...change } : p,
  );
  return { ...message, parts };
}

function withReaction(message: Message, emoji: string, participantId: string, active: boolean): Message {
  const before =
    (message.reactions && Object.hasOwn(message.reactions, emoji) && message.reactions[emoji]) || [];
  const without = before.filter((id) => id !== participantId);
  const after = active ? [...without, participantId] : without;
  const { [emoji]: _old, ...others } = message.reactions ?? {};
  return { ...message, reactions: after.length ? { ...others, [emoji]: after } : others };
}
