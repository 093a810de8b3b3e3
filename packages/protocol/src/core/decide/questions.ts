import { answerProblem } from '../../answer-problem.ts';
import type { CommandType, FormField, PreChatField, VisitorContext } from '../../generated/types.ts';
import type { Decision } from '../types.ts';
import { refuse, type Situation } from './outcome.ts';

/** What says or asks something. Beginning does not: the answers go into the conversation that is begun. */
const gated: readonly CommandType[] = [
  'message.send',
  'attachment.create',
  'handoff.request',
  'form.submit',
  'action.invoke',
];
const contactFields = ['name', 'email', 'phone'] as const;

/**
 * Refuses to hear a visitor who has said nothing yet and left a required question open. Whoever was heard once has answered, or came
 * before there were questions: nobody is asked twice.
 */
export function missingAnswers(
  { type }: { type: CommandType },
  { actor, view, env }: Situation,
): Decision | undefined {
  const { questions } = env.policy;
  if (!questions || actor.role !== 'visitor' || !gated.includes(type)) return undefined;
  const { context } = view.staff;
  const open = questions.filter(
    (field) => field.required && answerProblem(asFormField(field), answerTo(field, context, actor.name)),
  );
  if (open.length === 0 || view.hasSpoken?.(actor.id)) return undefined;
  const names = open.map(({ name }) => name);
  return refuse(
    'answers_required',
    `${type} needs answers first: ${names.join(', ')}. Ask for them, give context.update, then ${type} again.`,
    { field: names[0] },
  );
}

/** Her answer as her context holds it; a name may be known from her token. */
function answerTo(
  { name, kind }: PreChatField,
  { contact, attributes = {} }: VisitorContext,
  knownName: string | undefined,
): unknown {
  const asContact = contactFields.find((one) => one === name);
  if (asContact) return contact?.[asContact] ?? (asContact === 'name' ? knownName : undefined);
  const answer = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  // A page may have told an order's number as a number.
  return typeof answer === 'number' && kind !== 'number' ? String(answer) : answer;
}

const asFormField = ({ name, kind, options, required }: PreChatField): FormField => ({
  name,
  kind,
  label: name,
  ...(required && { required }),
  ...(options && { options: options.map(({ value }) => ({ value, label: value })) }),
});
