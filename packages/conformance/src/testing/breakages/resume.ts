import type { Breakage } from '../breakage.ts';

export const resumeBreakages: readonly Breakage[] = [
  {
    check: 'resume-no-loss',
    what: 'only the latest two events are replayed',
    seams: () => ({
      read: (_stream, cursor, sound) => {
        const reading = sound(cursor);
        return { ...reading, events: reading.events.slice(-2) };
      },
    }),
  },
];
