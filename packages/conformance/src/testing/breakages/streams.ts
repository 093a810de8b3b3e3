import type { Breakage } from '../breakage.ts';

export const streamBreakages: readonly Breakage[] = [
  {
    check: 'seq-dense',
    what: 'numbers are counted over all streams, so that one is left out',
    seams: () => ({
      outgoing: (frame, seat) =>
        frame.type === 'event' && seat.count('event') >= 3
          ? [{ ...frame, event: { ...frame.event, seq: frame.event.seq + 1 } }]
          : [frame],
    }),
  },
];
