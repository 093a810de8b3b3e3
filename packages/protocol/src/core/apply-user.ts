import type { Invitation, Time, UserSnapshot } from '../generated/types.ts';
import type { Fact } from './apply-conversation.ts';
import { talkOfUser } from './talk.ts';

/** What belongs to one user, without its cursor. */
export type UserState = Omit<UserSnapshot, 'asOf' | 'kind'>;

/** Folds one event of a user's stream. Pure. */
export function applyToUser(state: UserState, fact: Fact): UserState {
  const { type, data, time } = fact;
  switch (type) {
    case 'consent.changed': {
      const { consent } = data;
      return {
        ...state,
        consents: [...state.consents.filter((c) => c.purpose !== consent.purpose), consent],
      };
    }
    case 'invitation.presented':
      return { ...state, invitations: withInvitation(state.invitations, data.invitation, time) };
    case 'invitation.accepted':
    case 'invitation.dismissed': {
      const { invitationId } = data;
      return { ...state, invitations: state.invitations.filter((i) => i.invitationId !== invitationId) };
    }
    default:
      return talkOfUser(state, fact);
  }
}

/** Those that ran out go when the next one comes. */
function withInvitation(list: Invitation[], invitation: Invitation, now: Time): Invitation[] {
  const { invitationId } = invitation;
  const open = list.filter(
    (i) => i.invitationId !== invitationId && Date.parse(i.expiresAt) > Date.parse(now),
  );
  return [...open, invitation];
}
