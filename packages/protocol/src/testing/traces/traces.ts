import type { ClientFrame, StreamName } from '../../index.ts';
import { TraceRecorder, type Speaker } from './recorder.ts';

const conversationId = 'c_1';
const stream: StreamName = 'conversation:c_1:public';
const staffStream: StreamName = 'conversation:c_1:staff';
const start = { type: 'conversation.start', conversationId, data: { locale: 'en' } };
const text = (said: string) => [{ partId: 'p1', type: 'text', text: said }];
const send = (clientMessageId: string, said: string) => ({
  type: 'message.send',
  conversationId,
  data: { clientMessageId, parts: text(said) },
});
const numbered = (n: number, command: object, outboxId = 'o_visitor'): ClientFrame =>
  ({ type: 'command', outboxId, n, command }) as ClientFrame;

/** Begins a conversation that these read, unseen. */
function begun(...readers: Speaker[]): TraceRecorder {
  const recorder = new TraceRecorder();
  recorder.before(() => {
    recorder.gives('visitor', start);
    for (const who of readers)
      recorder.says(who, { type: 'subscribe', stream: who === 'agent' ? staffStream : stream });
  });
  return recorder;
}

/** The exchanges that the specification shows, by name. */
export const traces: Record<string, () => TraceRecorder> = {
  'first exchange': () => {
    const recorder = new TraceRecorder();
    recorder.says('visitor', { type: 'hello', token: 'eyJ…', client: { name: 'my-client', version: '1.0' } });
    recorder.gives('visitor', start);
    recorder.says('visitor', { type: 'subscribe', stream });
    recorder.gives('visitor', send('cm_1', 'Where is my parcel?'));
    return recorder;
  },

  'the same event in two streams': () => {
    const recorder = begun('visitor', 'agent');
    recorder.before(() => recorder.gives('agent', { type: 'assignment.accept', conversationId, data: {} }));
    recorder.gives('agent', {
      type: 'note.add',
      conversationId,
      data: { text: 'A regular customer.' },
    });
    recorder.gives('agent', send('cm_7', 'It is on its way.'));
    return recorder;
  },

  'coming back with a cursor': () => {
    const recorder = begun();
    recorder.before(() => recorder.gives('visitor', send('cm_1', 'Where is my parcel?')));
    recorder.says('visitor', {
      type: 'subscribe',
      stream,
      cursor: { stream, epoch: 'ep_2', seq: 2, eventId: 'e_4' },
    });
    return recorder;
  },

  'a cursor that does not fit': () => {
    const recorder = begun();
    recorder.says('visitor', {
      type: 'subscribe',
      stream,
      cursor: { stream, epoch: 'ep_0', seq: 812, eventId: 'e_977' },
    });
    return recorder;
  },

  'the same number again': () => {
    const recorder = begun();
    recorder.says('visitor', numbered(2, send('cm_1', 'Where is my parcel?')));
    recorder.says('visitor', numbered(2, send('cm_1', 'Where is my parcel?')));
    recorder.says('visitor', numbered(2, send('cm_1', 'Something else')));
    return recorder;
  },

  'a hole': () => {
    const recorder = begun();
    recorder.says('visitor', numbered(4, send('cm_3', 'Too early')));
    return recorder;
  },

  'a refusal, a void, and the lane goes on': () => {
    const recorder = begun();
    recorder.says('visitor', numbered(2, send('cm_1', ' ')));
    recorder.says('visitor', numbered(3, { type: 'command.void', conversationId, data: {} }));
    recorder.says('visitor', numbered(4, send('cm_2', 'Where is my parcel?')));
    return recorder;
  },

  'a handoff': () => {
    const recorder = begun('visitor');
    recorder.gives('visitor', {
      type: 'handoff.request',
      conversationId,
      data: { reason: 'asked_for_person' },
    });
    recorder.gives('bot', send('cm_9', 'But I could…'));
    recorder.gives('agent', { type: 'assignment.accept', conversationId, data: {} });
    return recorder;
  },

  'after the close': () => {
    const recorder = begun('visitor');
    recorder.gives('visitor', { type: 'conversation.close', conversationId, data: {} });
    recorder.gives('visitor', send('cm_1', 'One more thing'));
    return recorder;
  },

  'an answer that streams': () => {
    const recorder = begun('visitor');
    recorder.before(() => recorder.gives('visitor', send('cm_1', 'Where is my parcel?')));
    const messageId = 'm_3';
    const delta = (index: number, piece: string): ClientFrame => ({
      type: 'signal',
      signal: {
        type: 'message.delta',
        data: { conversationId, messageId, partId: 'p1', index, text: piece },
      },
    });
    recorder.gives('bot', {
      type: 'message.send',
      conversationId,
      data: { clientMessageId: 'cm_b1', status: 'streaming', parts: [] },
    });
    recorder.says('bot', delta(0, 'It left Dhaka '));
    recorder.says('bot', delta(1, 'this morning.'));
    recorder.gives('bot', {
      type: 'message.checkpoint',
      conversationId,
      data: { messageId, parts: text('It left Dhaka this morning.'), nextIndexes: { p1: 2 } },
    });
    recorder.gives('bot', {
      type: 'message.complete',
      conversationId,
      data: { messageId, parts: text('It left Dhaka this morning.') },
    });
    return recorder;
  },
};
