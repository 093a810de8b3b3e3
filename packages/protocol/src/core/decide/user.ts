import type { Command, Consent } from '../../generated/types.ts';
import { bounds, cut } from '../bounds.ts';
import type { Actor, Decision, Environment, UserView } from '../types.ts';
import { accept, profileOf, refuse, said, told } from './outcome.ts';
import { linkIdentity } from './link.ts';
import { isPast } from './time.ts';

/** Decides about a command of the lane `user`. */
export function decideForUser(command: Command, actor: Actor, view: UserView, env: Environment): Decision {
  switch (command.type) {
    case 'consent.set':
      return setConsent(command, actor, view, env);
    case 'invitation.accept': {
      const { invitationId, conversationId } = command.data;
      // In another tab or on another device it leads to where it led first.
      const accepted = view.accepted?.(invitationId);
      if (accepted !== undefined) return accept([], { conversationId: accepted });
      const invitation = view.invitation(invitationId);
      if (!invitation || isPast(invitation.expiresAt, env))
        return refuse('invitation_expired', 'This invitation has ended. Begin a conversation without it.');
      return accept([told(actor.id, 'invitation.accepted', { invitationId, conversationId })], {
        conversationId,
      });
    }
    case 'invitation.dismiss': {
      const { invitationId } = command.data;
      const reason = cut(command.data.reason, bounds.reason);
      if (!view.invitation(invitationId)) return accept([]);
      return accept([told(actor.id, 'invitation.dismissed', { invitationId, reason })]);
    }
    case 'agent.status':
      return accept([
        {
          type: 'agent.status_changed',
          target: { kind: 'inbox', id: actor.tenantId },
          data: { presence: { agent: profileOf(actor), status: command.data.status } },
        },
      ]);
    case 'data.export': {
      const exportId = env.newId('x');
      return accept([told(actor.id, 'data.exported', { exportId })], { exportId });
    }
    case 'data.erase':
      return eraseData(command, actor, view, env);
    case 'identity.link':
      return linkIdentity(actor, view);
    case 'command.void':
      return accept([]);
    default:
      return refuse('capability_absent', `This backend does not support ${command.type}.`);
  }
}

function setConsent(
  { data }: Command<'consent.set'>,
  actor: Actor,
  view: UserView,
  env: Environment,
): Decision {
  const { purpose, granted } = data;
  const policyVersion = cut(data.policyVersion, bounds.line) ?? '';
  const held = view.consents.find((consent) => consent.purpose === purpose);
  if (held?.granted === granted && held.policyVersion === policyVersion) return accept([]);
  if (!held && view.consents.length >= bounds.purposes)
    return refuse('forbidden', `Consent is kept for at most ${bounds.purposes} purposes.`);
  const consent = { purpose, granted, policyVersion, time: env.now() };
  return accept([told(actor.id, 'consent.changed', { consent })]);
}

/** Erases one conversation, or all that is the visitor's. What is erased already is not erased again. */
function eraseData(
  { data }: Command<'data.erase'>,
  actor: Actor,
  { conversations }: UserView,
  env: Environment,
): Decision {
  const { conversationId } = data;
  if (!conversations) return refuse('capability_absent', 'This backend does not support data.erase.');
  const meant = conversations.filter(({ id }) => conversationId === undefined || id === conversationId);
  if (conversationId !== undefined && meant.length === 0)
    return refuse('not_found', `There is no conversation ${conversationId} of yours.`);
  const receiptId = env.newId('r');
  return accept(
    [
      ...meant.map(({ id }) => said(id, 'conversation.erased', { by: actor.id })),
      told(actor.id, 'data.erased', { receiptId, ...(conversationId !== undefined && { conversationId }) }),
    ],
    { receiptId },
  );
}

/** Whether consent to a purpose is among those given, and to this version of the policy where one is named. */
export function hasConsent(
  consents: readonly Consent[],
  purpose: string,
  policyVersion: string | undefined,
): boolean {
  const held = consents.find((consent) => consent.purpose === purpose);
  return !!held?.granted && (policyVersion === undefined || held.policyVersion === policyVersion);
}
