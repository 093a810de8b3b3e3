import type { Breakage } from '../breakage.ts';

/** Ways not to come back. */
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
  {
    check: 'resume-no-duplicate',
    what: 'each subscription delivers, the ones before it too',
    seams: () => ({
      outgoing: (frame, seat) => {
        if (frame.type === 'subscribed') seat.count(frame.stream);
        if (frame.type !== 'event') return [frame];
        const times = seat.count(frame.event.stream) - 1;
        return times >= 2 ? [frame, frame] : [frame];
      },
    }),
  },
  {
    check: 'resume-race-during-replay',
    what: 'live delivery begins after the log was read',
    seams: () => ({
      outgoing: (frame, seat) => {
        if (frame.type === 'event' && frame.event.type === 'message.created' && seat.count('live') === 1)
          return [];
        return [frame];
      },
    }),
  },
  {
    check: 'resume-wrong-epoch',
    what: 'epochs are not compared',
    seams: () => ({
      read: (_stream, cursor, sound) => sound(cursor && { ...cursor, epoch: sound().subscribed.epoch }),
    }),
  },
  {
    check: 'resume-restored-backup',
    what: 'the event at a cursor’s number is not compared',
    seams: () => ({
      read: (stream, cursor, sound) => {
        if (!cursor || cursor.seq === 0) return sound(cursor);
        const { epoch } = cursor;
        const { events } = sound({ stream, epoch, seq: 0 });
        return sound({ ...cursor, eventId: events.find(({ seq }) => seq === cursor.seq)?.id });
      },
    }),
  },
  {
    check: 'resume-trimmed',
    what: 'what is left of a trimmed log is replayed as if it were all',
    seams: () => ({
      read: (_stream, cursor, sound) => {
        const reading = sound(cursor);
        if (!cursor || reading.subscribed.recovered) return reading;
        const { snapshot: _snapshot, ...subscribed } = reading.subscribed;
        return { subscribed: { ...subscribed, recovered: true }, events: [] };
      },
    }),
  },
  {
    check: 'resume-cursor-ahead',
    what: 'a cursor ahead of the head is taken for one at the head',
    seams: () => ({
      read: (_stream, cursor, sound) => {
        const reading = sound(cursor);
        if (!cursor || cursor.seq <= reading.subscribed.headSeq) return reading;
        const { snapshot: _snapshot, ...subscribed } = reading.subscribed;
        return { subscribed: { ...subscribed, recovered: true }, events: [] };
      },
    }),
  },
  {
    check: 'user-stream-resume',
    what: 'only conversations resume',
    seams: () => ({
      read: (stream, cursor, sound) => sound(stream.startsWith('user:') ? undefined : cursor),
    }),
  },
  {
    check: 'gap-triggers-resync',
    what: 'a second subscription to the same stream is ignored',
    seams: () => ({
      incoming: (frame, seat) => frame.type === 'subscribe' && seat.count(frame.stream) > 1,
    }),
  },
];
