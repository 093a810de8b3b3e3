import type { Conversation, Handoff, LogEvent, Survey } from '../generated/types.ts';
import { talkOfConversation } from './talk.ts';

/** An event without its place in a log: all that a reducer needs. */
export type Fact = LogEvent extends infer E
  ? E extends LogEvent
    ? Pick<E, 'type' | 'data' | 'time'>
    : never
  : never;

/**
 * Folds one event into a conversation's state. Pure; returns the same object when nothing changes.
 * Servers, mocks and clients share it, so a snapshot always equals the fold of the events.
 */
export function applyToConversation(state: Conversation | undefined, fact: Fact): Conversation | undefined {
  const { type, data, time } = fact;
  if (!state) return talkOfConversation(state, fact);
  switch (type) {
    case 'conversation.closed':
      return {
        ...state,
        status: 'closed',
        closedAt: time,
        reopenableUntil: data.reopenableUntil,
      };
    case 'conversation.reopened':
      return { ...state, status: 'open', closedAt: undefined, reopenableUntil: undefined };
    case 'participant.left':
      return { ...state, participants: state.participants.filter((p) => p.id !== data.participantId) };
    case 'handoff.requested':
      return { ...state, handoff: data.handoff };
    case 'handoff.accepted':
    case 'handoff.failed':
    case 'handoff.timed_out':
    case 'handoff.cancelled':
      return withHandoff(state, data.handoffId, type);
    case 'survey.requested':
      return { ...state, survey: data.survey };
    case 'survey.submitted':
      return withSurvey(state, data.surveyId, { state: 'submitted', answers: data.answers });
    case 'survey.dismissed':
      return withSurvey(state, data.surveyId, { state: 'dismissed' });
    default:
      return talkOfConversation(state, fact);
  }
}

/** An event that ends a handoff is named after the state it leads to. */
function withHandoff(
  state: Conversation,
  handoffId: string,
  type: `handoff.${Handoff['state']}`,
): Conversation {
  const { handoff } = state;
  if (handoff?.handoffId !== handoffId) return state;
  return { ...state, handoff: { ...handoff, state: type.slice('handoff.'.length) as Handoff['state'] } };
}

function withSurvey(state: Conversation, surveyId: string, change: Partial<Survey>): Conversation {
  const { survey } = state;
  return survey?.surveyId === surveyId ? { ...state, survey: { ...survey, ...change } } : state;
}
