import type { Command, Conversation, Invitation, Message } from '../../generated/types.ts';
import { isBlank } from '../../is-blank.ts';
import { bounds, cut } from '../bounds.ts';
import type { Actor, ConversationView, Decision, Environment, NewEvent } from '../types.ts';
import { accept, profileOf, refuse, said, told, type Situation } from './outcome.ts';
import { isPast, later } from './time.ts';

/** How long an invitation stands, in seconds, unless the command says otherwise. */
const halfHour = 1_800;

/**
 * Offers help to somebody who was here before. In an open conversation one says it there; the one whose conversation has ended is invited to a
 * new one. It takes the place of an offer that still stands: nobody is asked twice at once.
 */
export function presentInvitation(
  { data }: Command<'invitation.present'>,
  { actor, conversation, view, env }: Situation,
): Decision {
  const { text, reason, expiresInSeconds = halfHour } = data;
  if (conversation.status === 'open') return refuse('forbidden', 'This conversation is open. Say it there.');
  if (isBlank(text) || isBlank(reason))
    return refuse('message_empty', 'An invitation says something, and why it comes. Write both.');
  const { maxTextLength } = env.policy.limits;
  if (text.length > maxTextLength)
    return refuse('message_too_long', `An invitation has at most ${maxTextLength} characters. Shorten it.`);
  const invitation: Invitation = {
    invitationId: env.newId('i'),
    text,
    reason: cut(reason, bounds.reason)!,
    expiresAt: later(env, expiresInSeconds * 1_000),
    sourceConversationId: conversation.id,
    from: profileOf(actor),
  };
  const { id } = conversation.visitor;
  return accept(
    [
      ...(view.invitations?.(id) ?? []).map(({ invitationId }) =>
        told(id, 'invitation.dismissed', { invitationId, reason: 'replaced' }),
      ),
      told(id, 'invitation.presented', { invitation }),
    ],
    { invitationId: invitation.invitationId },
  );
}

/** The invitation that somebody begins a conversation by; none when it has ended, was taken up before, or leads into a conversation there is: then she begins without it. */
export function takenUp(
  invitationId: string | undefined,
  actor: Actor,
  view: ConversationView,
  env: Environment,
): Invitation | undefined {
  if (invitationId === undefined) return undefined;
  const invitation = view.invitations?.(actor.id).find((one) => one.invitationId === invitationId);
  if (!invitation || isPast(invitation.expiresAt, env)) return undefined;
  return invitation.conversationId === undefined ? invitation : undefined;
}

/** What an accepted invitation said stands first in the conversation that it led to. */
export function invited(
  { invitationId, text, from }: Invitation,
  { id: conversationId, visitor }: Conversation,
  env: Environment,
): NewEvent[] {
  const author = from ?? env.policy.bot;
  const message =
    author &&
    ({
      id: env.newId('m'),
      conversationId,
      author: profileOf(author),
      status: 'complete' as const,
      parts: [{ partId: 'invitation', type: 'text' as const, text }],
      createdAt: env.now(),
    } satisfies Message);
  return [
    ...(message ? [said(conversationId, 'message.created', { message })] : []),
    told(visitor.id, 'invitation.accepted', { invitationId, conversationId }),
  ];
}
