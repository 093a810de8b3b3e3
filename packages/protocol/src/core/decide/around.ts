import type { Attachment, Command, VisitorContext } from '../../generated/types.ts';
import type { Decision } from '../types.ts';
import { accept, isStaff, refuse, said, type Situation } from './outcome.ts';

/** Surveys outlive the close, and end once answered, dismissed or expired. */
function openSurvey(surveyId: string, { conversation, env }: Situation): Decision | undefined {
  const { survey } = conversation;
  if (survey?.surveyId !== surveyId)
    return refuse('survey_unknown', `There is no survey ${surveyId} in this conversation.`);
  if (survey.expiresAt < env.now()) return refuse('survey_expired', 'This survey can no longer be answered.');
  if (survey.state !== 'requested')
    return refuse('survey_expired', `This survey was ${survey.state} already.`);
  return undefined;
}

const scoreRange = { csat: [1, 5], nps: [0, 10], ces: [1, 7], custom: [0, 10] } as const;
const maxComment = 4000;

export function submitSurvey(command: Command<'survey.submit'>, situation: Situation): Decision {
  const { surveyId, answers } = command.data;
  const wrong = openSurvey(surveyId, situation);
  if (wrong) return wrong;
  const [low, high] = scoreRange[situation.conversation.survey?.kind ?? 'custom'];
  if (answers.score !== undefined && (answers.score < low || answers.score > high))
    return refuse(
      'invalid_command',
      `The score is ${answers.score}; this survey goes from ${low} to ${high}.`,
    );
  if ((answers.comment?.length ?? 0) > maxComment)
    return refuse(
      'message_too_long',
      `The comment has ${answers.comment?.length} characters; at most ${maxComment} are accepted.`,
    );
  return accept([said(situation.conversation.id, 'survey.submitted', { surveyId, answers })], { surveyId });
}

export function dismissSurvey(command: Command<'survey.dismiss'>, situation: Situation): Decision {
  const { surveyId } = command.data;
  return (
    openSurvey(surveyId, situation) ??
    accept([said(situation.conversation.id, 'survey.dismissed', { surveyId })], { surveyId })
  );
}

export function createAttachment(
  command: Command<'attachment.create'>,
  { actor, conversation, env, view }: Situation,
): Decision {
  const { attachmentId, name, mediaType, size } = command.data;
  const { maxAttachmentBytes, attachmentTypes } = env.policy.limits;
  if (conversation.status === 'closed')
    return refuse('conversation_closed', 'This conversation is closed. Reopen it, or begin a new one.');
  if (size > maxAttachmentBytes)
    return refuse(
      'attachment_too_large',
      `${name} has ${size} bytes; at most ${maxAttachmentBytes} are accepted.`,
    );
  if (!attachmentTypes.includes(mediaType.toLowerCase()))
    return refuse(
      'attachment_type_refused',
      `${name} is ${mediaType}; accepted are ${attachmentTypes.join(', ')}.`,
    );
  if (view.attachment(attachmentId))
    return refuse('forbidden', `The attachment id ${attachmentId} is taken. Choose a fresh one.`);
  const attachment: Attachment = {
    attachmentId,
    conversationId: conversation.id,
    ownerId: actor.id,
    name: safeName(name),
    mediaType: mediaType.toLowerCase(),
    size,
    state: 'created',
  };
  return accept([said(conversation.id, 'attachment.created', { attachment })], { attachmentId });
}

/** A file's name without folders, control characters or bidi overrides, at most 120 characters. */
function safeName(name: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must go
  const clean = name
    .replace(/^.*[/\\]/, '')
    .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  return [...(clean || 'file')].slice(-120).join('');
}

/** The environment that stores bytes checks them before it lets this command in; here only ownership and order count. */
export function completeAttachment(
  command: Command<'attachment.complete'>,
  { actor, conversation, view }: Situation,
): Decision {
  const { attachmentId } = command.data;
  const attachment = view.attachment(attachmentId);
  if (!attachment || attachment.ownerId !== actor.id)
    return refuse(
      'attachment_unknown',
      `There is no attachment ${attachmentId} of yours in this conversation.`,
    );
  if (attachment.state === 'complete') return accept([], { attachmentId });
  return accept(
    [said(conversation.id, 'attachment.completed', { attachment: { ...attachment, state: 'complete' } })],
    { attachmentId },
  );
}

export function updateContext(
  command: Command<'context.update'>,
  { conversation, view }: Situation,
): Decision {
  const { page, locale, attributes, contact } = command.data;
  const before = view.staff.context;
  const context: VisitorContext = {
    ...before,
    ...(page && { page }),
    ...(locale && { locale }),
    ...(attributes && { attributes: { ...before.attributes, ...attributes } }),
    ...(contact && { contact: { ...before.contact, ...contact } }),
  };
  return accept([said(conversation.id, 'context.updated', { context }, 'staff')]);
}

export function traceAnswer(command: Command<'answer.trace'>, { conversation }: Situation): Decision {
  return accept([said(conversation.id, 'answer.traced', { trace: command.data.trace }, 'staff')]);
}

export function submitForm(
  command: Command<'form.submit'>,
  { actor, conversation, view }: Situation,
): Decision {
  const { messageId, partId, values } = command.data;
  const form = view.message(messageId)?.parts.find((part) => part.partId === partId && part.type === 'form');
  if (form?.type !== 'form')
    return refuse('message_not_found', `There is no form ${partId} in message ${messageId}.`);
  if (form.submitted) return accept([], { messageId });
  const missing = form.fields.find(
    (field) => field.required && (values[field.name] === undefined || values[field.name] === ''),
  );
  if (missing)
    return refuse('invalid_command', `"${missing.label}" is required. Fill it in and submit again.`);
  return accept([said(conversation.id, 'form.submitted', { messageId, partId, values, by: actor.id })], {
    messageId,
  });
}

export function invokeAction(
  command: Command<'action.invoke'>,
  { actor, conversation, view }: Situation,
): Decision {
  const { messageId } = command.data;
  if (!view.message(messageId))
    return refuse('message_not_found', `There is no message ${messageId} in this conversation.`);
  if (isStaff(actor) && conversation.assignment.controlledBy !== actor.id)
    return refuse('not_controller', 'Take the conversation over first.');
  return accept([said(conversation.id, 'action.invoked', { ...command.data, by: actor.id })], { messageId });
}
