import type {
  Command,
  Conversation,
  Message,
  Part,
  Survey,
  SurveyAnswers,
  SurveyPart,
} from '../../generated/types.ts';
import { bounds } from '../bounds.ts';
import type { Decision, Environment, NewEvent } from '../types.ts';
import { accept, refuse, said, type Situation } from './outcome.ts';
import { clippedAttributes } from './context.ts';
import { isPast, later } from './time.ts';

const week = 7 * 24 * 3_600_000;

/**
 * The survey that follows a close, asked in line by the transcript itself: none where the policy wants none, where nobody answered (there
 * is nothing to rate yet), while one of this conversation's is still open, or where whoever has it asked the same and was answered.
 */
export function surveyOnClose(
  { id, answeredAt, survey, assignment }: Conversation,
  env: Environment,
): NewEvent[] {
  const { surveyOnClose: kind } = env.policy;
  const open = survey?.state === 'requested' && !isPast(survey.expiresAt, env);
  const answered =
    survey?.state === 'submitted' &&
    survey.kind === kind &&
    Date.parse(survey.requestedAt) > Date.parse(assignment.since);
  if (!kind || !answeredAt || open || answered) return [];
  const part: SurveyPart = {
    partId: 'survey',
    type: 'survey',
    surveyId: env.newId('s'),
    kind,
    fallbackText: 'How was it?',
  };
  const message: Message = {
    id: env.newId('m'),
    conversationId: id,
    author: { id: 'system', role: 'system' },
    status: 'complete',
    parts: [part],
    createdAt: env.now(),
  };
  return [...surveysAskedIn(message, env), said(id, 'message.created', { message })];
}

/** What is to be told of the surveys that a message asks in line: from then on they can be answered. */
export function surveysAskedIn({ id, conversationId, parts }: Message, env: Environment): NewEvent[] {
  return parts.filter(isSurvey).map(({ surveyId, partId, kind = 'csat', question, fields }) => {
    const survey: Survey = {
      surveyId,
      kind,
      state: 'requested',
      ...(question && { question }),
      ...(fields && { fields }),
      messageId: id,
      partId,
      requestedAt: env.now(),
      expiresAt: later(env, env.policy.surveyTtlMs ?? week),
    };
    return said(conversationId, 'survey.requested', { survey });
  });
}

export const isSurvey = (part: Part): part is SurveyPart => part.type === 'survey';

/** A survey as it is asked: under an id of ours, and nobody has answered it. */
export function checkedSurvey(part: SurveyPart, env: Environment): SurveyPart {
  const { state: _state, answers: _answers, ...asked } = part;
  return { ...asked, kind: part.kind ?? 'csat', surveyId: env.newId('s') };
}

/** Surveys outlive the close, and end once answered, dismissed or expired. */
function openSurvey(surveyId: string, { conversation, env }: Situation): Survey | Decision {
  const { survey } = conversation;
  if (survey?.surveyId !== surveyId)
    return refuse('survey_unknown', `There is no survey ${surveyId} in this conversation.`);
  if (survey.state !== 'requested')
    return refuse('survey_expired', `This survey was ${survey.state} already.`);
  if (isPast(survey.expiresAt, env))
    return refuse('survey_expired', 'This survey can no longer be answered.');
  return survey;
}

const isRefusal = (survey: Survey | Decision): survey is Decision => !('surveyId' in survey);

const scoreRange = { csat: [1, 5], nps: [0, 10], ces: [1, 7], custom: [0, 10] } as const;

export function submitSurvey(command: Command<'survey.submit'>, situation: Situation): Decision {
  const { surveyId } = command.data;
  const { score, comment, fields } = command.data.answers;
  const survey = openSurvey(surveyId, situation);
  if (isRefusal(survey)) return survey;
  const [low, high] = scoreRange[survey.kind];
  if (score !== undefined && (score < low || score > high))
    return refuse('invalid_command', `The score is ${score}; this survey goes from ${low} to ${high}.`);
  const length = comment?.length ?? 0;
  if (length > bounds.answer)
    return refuse(
      'message_too_long',
      `The comment has ${length} characters; at most ${bounds.answer} are accepted. Shorten it.`,
    );
  const answers: SurveyAnswers = {
    ...(score !== undefined && { score }),
    ...(comment?.trim() && { comment }),
    ...(fields && Object.keys(fields).length > 0 && { fields: clippedAttributes({}, fields) }),
  };
  if (Object.keys(answers).length === 0)
    return refuse(
      'invalid_command',
      'The survey was not answered. Give a score or a comment, or dismiss it.',
    );
  const data = { surveyId, answers, ...placeOf(survey) };
  return accept([said(situation.conversation.id, 'survey.submitted', data)], { surveyId });
}

export function dismissSurvey(command: Command<'survey.dismiss'>, situation: Situation): Decision {
  const { surveyId } = command.data;
  const survey = openSurvey(surveyId, situation);
  if (isRefusal(survey)) return survey;
  const data = { surveyId, ...placeOf(survey) };
  return accept([said(situation.conversation.id, 'survey.dismissed', data)], { surveyId });
}

/** What is to be told of the open survey that a message asks when the message goes: it would hold up the next one, unseen. */
export function surveyTakenBack(messageId: string, { id, survey }: Conversation): NewEvent[] {
  if (survey?.state !== 'requested' || survey.messageId !== messageId) return [];
  return [said(id, 'survey.dismissed', { surveyId: survey.surveyId, ...placeOf(survey) })];
}

/** Where it stands in the transcript, so that its message is folded too. */
const placeOf = ({ messageId, partId }: Survey): Pick<Survey, 'messageId' | 'partId'> =>
  messageId === undefined ? {} : { messageId, partId };
