import type { ServerFrame, Signal } from '@sahay/protocol';
import type { Breakage } from '../breakage.ts';
import type { Seams } from '../../reference/seams.ts';

type Delta = Signal<'message.delta'>;

/** Changes the pieces of answers on their way out. */
const pieces = (change: (data: Delta['data']) => Delta['data'][]) => (): Partial<Seams> => ({
  outgoing: (frame) =>
    frame.type === 'signal' && frame.signal.type === 'message.delta'
      ? change(frame.signal.data).map((data) => ({ type: 'signal', signal: { type: 'message.delta', data } }))
      : [frame],
});

/** Leaves events of a type out; those after them close up. */
const without = (type: string) => (): Partial<Seams> => ({
  outgoing: (frame: ServerFrame) => (frame.type === 'event' && frame.event.type === type ? [] : [frame]),
});

/** Answers that do not grow as they should. */
export const streamingBreakages: readonly Breakage[] = [
  {
    check: 'delta-index-contiguous',
    what: 'a piece is lost on its way',
    seams: pieces((data) => (data.index === 2 ? [] : [data])),
  },
  {
    check: 'surrogate-pair-intact',
    what: 'pieces are cut at code units',
    seams: pieces((data) => {
      const half = data.text.length - 1;
      const [first, second] = [data.text.slice(0, half), data.text.slice(half)];
      return [
        { ...data, index: 2 * data.index, text: first },
        { ...data, index: 2 * data.index + 1, text: second },
      ];
    }),
  },
  {
    check: 'completed-equals-deltas',
    what: 'the end holds the last piece alone',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'event' || frame.event.type !== 'message.completed') return [frame];
        const { event } = frame;
        const parts = event.data.parts.map((part) =>
          part.type === 'text' ? { ...part, text: part.text.slice(-4) } : part,
        );
        return [{ ...frame, event: { ...event, data: { ...event.data, parts } } }];
      },
    }),
  },
  {
    check: 'delta-resume-mid-stream',
    what: 'a snapshot begins an answer from nothing',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'subscribed' || frame.snapshot?.kind !== 'conversation') return [frame];
        const messages = frame.snapshot.messages.map(({ nextIndexes: _next, ...message }) => message);
        return [{ ...frame, snapshot: { ...frame.snapshot, messages } }];
      },
    }),
  },
  {
    check: 'delta-resume-mid-stream',
    what: 'who resumes by events is not told the text so far',
    seams: () => ({
      outgoing: (frame) =>
        frame.type === 'signal' && frame.signal.type === 'message.replaced' ? [] : [frame],
    }),
  },
  {
    check: 'disconnect-not-cancel',
    what: 'an answer ends when its reader goes',
    seams: () => ({ left: (_seat, failAnswers) => failAnswers() }),
  },
  {
    check: 'cancel-terminal',
    what: 'the bot is not told, and speaks on',
    seams: () => ({
      outgoing: (frame) => {
        if (frame.type !== 'event' || frame.event.type !== 'message.cancelled') return [frame];
        const { messageId } = frame.event.data;
        const conversationId = frame.event.stream.split(':')[1] ?? '';
        const data = { conversationId, messageId, partId: 'text', index: 1, text: 'more' };
        const late = { type: 'signal', signal: { type: 'message.delta', data } };
        return [frame, late, late];
      },
    }),
  },
  {
    check: 'producer-crash-fails-message',
    what: 'answers of a dead producer stream for ever',
    seams: () => ({ producerDied: () => {} }),
  },
  {
    check: 'disconnect-not-cancel',
    what: 'the end of an answer is told only to who was there',
    seams: without('message.completed'),
  },
];
