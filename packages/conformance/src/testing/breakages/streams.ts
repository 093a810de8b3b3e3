import { textOf } from '../../said.ts';
import type { Breakage } from '../breakage.ts';

/** Logs that are none. */
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
  {
    check: 'seq-concurrent-writers',
    what: 'two who write at once get the same number',
    seams: () => ({
      outgoing: (frame, seat) =>
        frame.type === 'event' && seat.count('event') === 6
          ? [{ ...frame, event: { ...frame.event, seq: frame.event.seq - 1 } }]
          : [frame],
    }),
  },
  {
    check: 'audience-private-note',
    what: 'visitors may read the staff stream',
    seams: () => ({ mayRead: (_actor, stream, sound) => sound || stream.endsWith(':staff') }),
  },
  {
    check: 'audience-private-note',
    what: 'notes are told to everybody who reads the conversation',
    seams: () => {
      let heard: ((frame: unknown) => void) | undefined;
      return {
        outgoing: (frame, seat) => {
          if (seat.actor?.role === 'visitor') heard = (told) => seat.put(told);
          const isNote = frame.type === 'event' && frame.event.type === 'note.added';
          if (isNote && seat.actor?.role === 'agent') heard?.(frame);
          return [frame];
        },
      };
    },
  },
  {
    check: 'unknown-event-advances-cursor',
    what: 'cursors are only found on messages',
    seams: () => ({
      read: (stream, cursor, sound) => {
        if (!cursor || cursor.seq === 0) return sound(cursor);
        const { epoch } = cursor;
        const before = sound({ stream, epoch, seq: 0 }).events.find(({ seq }) => seq === cursor.seq);
        return before && !before.type.startsWith('message.') ? sound() : sound(cursor);
      },
    }),
  },
  {
    check: 'unknown-part-fallback',
    what: 'parts of unknown types are dropped',
    seams: () => ({
      outgoing: (frame) => [
        JSON.parse(
          JSON.stringify(frame, (key, value: unknown) =>
            key === 'parts' && Array.isArray(value)
              ? value.filter((part: { type: string }) => !part.type.startsWith('x-'))
              : value,
          ),
        ) as unknown,
      ],
    }),
  },
  {
    check: 'snapshot-atomic',
    what: 'a snapshot’s messages were read before its cursor',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'subscribed' || frame.snapshot?.kind !== 'conversation') return [frame];
        const { snapshot } = frame;
        const last = snapshot.messages.findLast(({ author }) => author.role === 'visitor');
        const isYoung = last !== undefined && !textOf(last).endsWith(' 9');
        const messages = isYoung ? snapshot.messages.filter((one) => one !== last) : snapshot.messages;
        return [{ ...frame, snapshot: { ...snapshot, messages } }];
      },
    }),
  },
];
