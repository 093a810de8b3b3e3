import type { Command } from '../../generated/types.ts';
import type { Actor, Decision, Environment, UserView } from '../types.ts';
import { accept, profileOf, refuse, told } from './outcome.ts';

/** Decides about a command of the lane `user`. */
export function decideForUser(command: Command, actor: Actor, view: UserView, env: Environment): Decision {
  switch (command.type) {
    case 'consent.set': {
      const { purpose, granted, policyVersion } = command.data;
      const held = view.consents.find((consent) => consent.purpose === purpose);
      if (held?.granted === granted && held.policyVersion === policyVersion) return accept([]);
      return accept([
        told(actor.id, 'consent.changed', { consent: { purpose, granted, policyVersion, time: env.now() } }),
      ]);
    }
    case 'invitation.accept': {
      const { invitationId, conversationId } = command.data;
      const invitation = view.invitation(invitationId);
      if (!invitation || invitation.expiresAt < env.now())
        return refuse('invitation_expired', 'This invitation has ended. Begin a conversation without it.');
      return accept([told(actor.id, 'invitation.accepted', { invitationId, conversationId })], {
        conversationId,
      });
    }
    case 'invitation.dismiss': {
      const { invitationId, reason } = command.data;
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
    case 'command.void':
      return accept([]);
    default:
      return refuse('capability_absent', `This backend does not support ${command.type}.`);
  }
}
