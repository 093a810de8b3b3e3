import type { ServerFrame } from '@sahay/protocol';
import type { Breakage } from '../breakage.ts';
import { forgiving } from './forgiving.ts';

/** Every invitation that goes out, by event or in a snapshot, is another. */
const inEach =
  (change: (invitation: object) => object) =>
  (frame: ServerFrame): readonly unknown[] => {
    if (frame.type === 'event' && frame.event.type === 'invitation.presented') {
      const { event } = frame;
      return [{ ...frame, event: { ...event, data: { invitation: change(event.data.invitation) } } }];
    }
    return [frame];
  };

/** Invitations that are not as they should be. */
export const invitationBreakages: readonly Breakage[] = [
  {
    check: 'invitation-presented',
    what: 'somebody is invited while her conversation is open',
    seams: forgiving('forbidden'),
  },
  {
    check: 'invitation-presented',
    what: 'nobody says why it came',
    seams: () => ({ outgoing: inEach(({ ...invitation }) => ({ ...invitation, reason: '' })) }),
  },
  {
    check: 'invitation-presented',
    what: 'nobody says from whom it is',
    seams: () => ({ outgoing: inEach((invitation) => ({ ...invitation, from: undefined })) }),
  },
  {
    check: 'invitation-presented',
    what: 'one invitation is put beside the other',
    seams: () => {
      const all: unknown[] = [];
      return {
        outgoing: (frame) => {
          if (frame.type === 'event' && frame.event.type === 'invitation.presented')
            all.push(frame.event.data.invitation);
          if (frame.type !== 'subscribed' || frame.snapshot?.kind !== 'user') return [frame];
          return [{ ...frame, snapshot: { ...frame.snapshot, invitations: [...all] } }];
        },
      };
    },
  },
  {
    check: 'invitation-begins',
    what: 'an invitation is forgotten when a conversation begins by it',
    seams: () => ({
      execute: (_actor, given, sound) => {
        const { command } = given;
        if (command.type !== 'conversation.start') return sound();
        const { invitationId: _forgotten, ...data } = command.data;
        return sound({ ...given, command: { ...command, data } });
      },
    }),
  },
  {
    check: 'invitation-begins',
    what: 'taken up again, an invitation has ended',
    seams: () => ({
      execute: (_actor, given, sound) => {
        const { command } = given;
        if (command.type !== 'invitation.accept') return sound();
        return sound({
          ...given,
          command: { ...command, data: { ...command.data, invitationId: 'i-none' } },
        });
      },
    }),
  },
  {
    check: 'invitation-dismissed',
    what: 'declining is heard by nobody',
    seams: () => ({
      execute: (_actor, given, sound) => {
        const { command } = given;
        if (command.type !== 'invitation.dismiss') return sound();
        return sound({ ...given, command: { type: 'command.void', data: {} } });
      },
    }),
  },
  {
    check: 'invitation-dismissed',
    what: 'what was declined can be accepted all the same',
    seams: forgiving('invitation_expired'),
  },
];
