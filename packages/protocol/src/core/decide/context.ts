import type { Attributes, Command, Page, VisitorContext } from '../../generated/types.ts';
import { bounds, cut } from '../bounds.ts';
import { canonical } from '../lane.ts';
import type { Decision } from '../types.ts';
import { accept, said, type Situation } from './outcome.ts';

/**
 * Attributes as they are kept: `null` takes one away, text is cut, and beyond so many no new one is taken in. A host
 * page that tells too much must not keep its visitor from being heard, so nothing of this is refused, and what she was
 * asked herself is taken in all the same.
 */
export function clippedAttributes(
  before: Attributes,
  change: Attributes,
  asked: ReadonlySet<string> = new Set(),
): Attributes {
  const merged = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(change)) {
    const key = cut(name, bounds.attributeName) ?? name;
    if (value === null) merged.delete(key);
    else if (merged.has(key) || asked.has(key) || merged.size < bounds.attributes)
      merged.set(key, typeof value === 'string' ? (cut(value, bounds.attributeText) ?? '') : value);
  }
  return Object.fromEntries(merged);
}

function clippedPage({ url, title }: Page): Page {
  return {
    ...(url !== undefined && { url: cut(url, bounds.url) }),
    ...(title !== undefined && { title: cut(title, bounds.line) }),
  };
}

/** What is known of the visitor's situation once a change is taken in. */
export function nextContext(
  before: VisitorContext,
  { page, locale, attributes, contact }: Command<'context.update'>['data'],
  asked?: ReadonlySet<string>,
): VisitorContext {
  const { name, email, phone } = contact ?? {};
  return {
    ...before,
    ...(page && { page: clippedPage(page) }),
    ...(locale && { locale }),
    ...(attributes && { attributes: clippedAttributes(before.attributes ?? {}, attributes, asked) }),
    ...(contact && {
      contact: {
        ...before.contact,
        ...(name !== undefined && { name: cut(name, bounds.line) }),
        ...(email !== undefined && { email: cut(email, bounds.line) }),
        ...(phone !== undefined && { phone: cut(phone, bounds.line) }),
      },
    }),
  };
}

export function updateContext(
  command: Command<'context.update'>,
  { conversation, view, env }: Situation,
): Decision {
  const asked = new Set(env.policy.questions?.map(({ name }) => name));
  const context = nextContext(view.staff.context, command.data, asked);
  if (canonical(context) === canonical(view.staff.context)) return accept([]);
  return accept([said(conversation.id, 'context.updated', { context }, 'staff')]);
}

export function traceAnswer(command: Command<'answer.trace'>, { conversation }: Situation): Decision {
  return accept([said(conversation.id, 'answer.traced', { trace: command.data.trace }, 'staff')]);
}
