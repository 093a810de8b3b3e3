import type { ServerFrame, Signal } from '@sahay/protocol';
import type { Seat } from '../../reference/seat.ts';
import type { Seams } from '../../reference/seams.ts';
import type { Breakage } from '../breakage.ts';

/** Something else in place of what is said of who is there. */
const presence = (change: (signal: Signal<'presence'>, seat: Seat) => Signal[]) => (): Partial<Seams> => ({
  outgoing: (frame, seat) =>
    frame.type === 'signal' && frame.signal.type === 'presence'
      ? change(frame.signal, seat).map((signal): ServerFrame => ({ type: 'signal', signal }))
      : [frame],
});

/** Signals that say what is not so, or say it to the wrong people. */
export const signalBreakages: readonly Breakage[] = [
  {
    check: 'presence-staff-only',
    what: 'every visitor is always online',
    seams: presence(({ type, data }) => [{ type, data: { ...data, online: true } }]),
  },
  {
    check: 'presence-staff-only',
    what: 'only who subscribes is told, and no change later',
    seams: presence((signal, seat) => (seat.count('presence') > 1 ? [] : [signal])),
  },
  {
    check: 'presence-staff-only',
    what: 'only whoever is there is told, when somebody subscribes',
    seams: presence((signal, seat) => (seat.count('presence') > 1 || signal.data.online ? [signal] : [])),
  },
  {
    check: 'presence-staff-only',
    what: 'who is there is told under another’s id',
    seams: presence(({ type, data }) => [{ type, data: { ...data, participantId: 'somebody-else' } }]),
  },
  {
    check: 'presence-staff-only',
    what: 'the visitor hears of it too',
    seams: () => ({
      outgoing: (frame, { actor }) => {
        if (frame.type !== 'subscribed' || actor?.role !== 'visitor') return [frame];
        const signal: Signal = { type: 'presence', data: { participantId: actor.id, online: true } };
        return [frame, { type: 'signal', signal }];
      },
    }),
  },
];
