import type { Command, Conversation, Survey, SurveyAnswers } from '../../generated/types.ts';
import { bounds } from '../bounds.ts';
import type { Decision, Environment, NewEvent } from '../types.ts';
import { accept, refuse, said, type Situation } from './outcome.ts';
import { clippedAttributes } from './context.ts';
import { isPast, later } from './time.ts';

const week = 7 * 24 * 3_600_000;

/**
 * The survey that follows a close: none where the policy wants none, where nobody answered (there is nothing to rate
 * yet), or while one of this conversation's is still open.
 */
export function surveyOnClose({ id, answeredAt, survey }: Conversation, env: Environment): NewEvent[] {
  const { surveyOnClose: kind, surveyTtlMs = week } = env.policy;
  const open = survey?.state === 'requested' && !isPast(survey.expiresAt, env);
  if (!kind || !answeredAt || open) return [];
  const requested: Survey = {
    surveyId: env.newId('s'),
    kind,
    state: 'requested',
    requestedAt: env.now(),
    expiresAt: later(env, surveyTtlMs),
  };
  return [said(id, 'survey.requested', { survey: requested })];
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
  return accept([said(situation.conversation.id, 'survey.submitted', { surveyId, answers })], { surveyId });
}

export function dismissSurvey(command: Command<'survey.dismiss'>, situation: Situation): Decision {
  const { surveyId } = command.data;
  const survey = openSurvey(surveyId, situation);
  if (isRefusal(survey)) return survey;
  return accept([said(situation.conversation.id, 'survey.dismissed', { surveyId })], { surveyId });
}
