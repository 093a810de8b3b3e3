import { answerProblem, numberLimits, type AnswerProblem } from '../../answer-problem.ts';
import type { Attributes, Command, FormField, FormPart } from '../../generated/types.ts';
import { bounds } from '../bounds.ts';
import type { Decision } from '../types.ts';
import { accept, isStaff, refuse, said, type Situation } from './outcome.ts';
import { textLength } from './parts.ts';

const closed = (reopenableUntil: string | undefined): Decision =>
  refuse('conversation_closed', 'This conversation is closed. Reopen it first.', { reopenableUntil });

const wrong: Record<AnswerProblem, (field: FormField) => string> = {
  required: ({ label }) => `"${label}" is required. Fill it in and submit again.`,
  type: ({ label, kind }) =>
    `"${label}" does not take this kind of answer. Send one that fits a field of kind "${kind}".`,
  email: ({ label }) => `"${label}" takes an e-mail address. Send one such as name@example.com.`,
  url: ({ label }) => `"${label}" takes a web address. Send one that begins with https://.`,
  number: ({ label }) => `"${label}" takes a number. Send one, not a text.`,
  range: (field) =>
    `"${field.label}" goes from ${numberLimits(field).min} to ${numberLimits(field).max}. Send a number within.`,
  pattern: ({ label, pattern }) => `"${label}" takes what fits the pattern ${pattern}. Send such a text.`,
  option: ({ label }) => `"${label}" takes one of its options. Send the value of one.`,
};

/** Fills a form in, once. What the form did not ask for is not kept. */
export function submitForm(
  command: Command<'form.submit'>,
  { actor, conversation, view }: Situation,
): Decision {
  const { messageId, partId } = command.data;
  const form = view.message(messageId)?.parts.find((part) => part.partId === partId && part.type === 'form');
  if (form?.type !== 'form')
    return refuse('message_not_found', `There is no form ${partId} in message ${messageId}.`);
  if (form.submitted) return accept([], { messageId });
  if (conversation.status === 'closed') return closed(conversation.reopenableUntil);
  const values = askedFor(form, command.data.values);
  const long = form.fields.find((field) => valueLength(values, field.name) > bounds.answer);
  if (long)
    return refuse(
      'message_too_long',
      `"${long.label}" takes at most ${bounds.answer} characters. Shorten it.`,
    );
  for (const field of form.fields) {
    const problem = answerProblem(field, Object.hasOwn(values, field.name) ? values[field.name] : undefined);
    if (problem) return refuse('invalid_command', wrong[problem](field));
  }
  const data = { messageId, partId, values, by: actor.id };
  return accept([said(conversation.id, 'form.submitted', data)], { messageId });
}

/** Own fields only: a field may be called `constructor`. */
function askedFor(form: FormPart, values: Attributes): Attributes {
  const asked = new Set(form.fields.map((field) => field.name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => asked.has(name)));
}

const valueLength = (values: Attributes, name: string): number =>
  Object.hasOwn(values, name) ? textLength(values[name]) : 0;

/** Presses a button of a message that is there. Agents do so only where they have control. */
export function invokeAction(
  command: Command<'action.invoke'>,
  { actor, conversation, view }: Situation,
): Decision {
  const { messageId, partId, actionId, value } = command.data;
  if (!view.message(messageId)?.parts.some((part) => part.partId === partId))
    return refuse(
      'message_not_found',
      `There is no part ${partId} in a message ${messageId} of this conversation.`,
    );
  if (conversation.status === 'closed') return closed(conversation.reopenableUntil);
  if (isStaff(actor) && conversation.assignment.controlledBy !== actor.id)
    return refuse('not_controller', 'Take the conversation over first.');
  if (textLength(value) > bounds.answer)
    return refuse('message_too_long', `The action's value takes at most ${bounds.answer} characters.`);
  const data = { messageId, partId, actionId, by: actor.id, ...(value !== undefined && { value }) };
  return accept([said(conversation.id, 'action.invoked', data)], { messageId });
}
