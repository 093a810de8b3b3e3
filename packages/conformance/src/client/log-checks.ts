import { conversationStream, type ServerFrame } from '@sahay/protocol';
import { must } from '../finding.ts';
import type { ClientCheck } from './client-check.ts';
import { isEventOf, type ClientStage } from './client-stage.ts';

/** From now on, the next event that says these words is not sent live. What a subscription replays is. */
function withholds(stage: ClientStage, words: string): void {
  let isDone = false;
  stage.hostile({
    outgoing: (frame) => {
      const isIt = !isDone && frame.type === 'event' && JSON.stringify(frame).includes(words);
      isDone ||= isIt;
      return isIt ? [] : [frame];
    },
  });
}

const clientGapResync: ClientCheck = {
  id: 'client-gap-resync',
  section: '3.10',
  title:
    'Where an event is missing the client stops applying, subscribes again from the cursor it has, and shows all.',
  async run(stage) {
    const conversationId = await stage.begins();
    const from = stage.server.received.length;
    withholds(stage, 'the lost one');
    await stage.botSays(conversationId, 'the lost one');
    await stage.botSays(conversationId, 'the next one');
    const again = await stage.until('a subscription from the cursor it has', () =>
      stage
        .frames('subscribe', from)
        .find(({ stream }) => stream === conversationStream(conversationId, 'public')),
    );
    must(again.cursor !== undefined && again.cursor.seq >= 1, 'a cursor in it', again);
    await stage.shows(['Hello.', 'the lost one', 'the next one']);
  },
};

const clientReorderedEvents: ClientCheck = {
  id: 'client-reordered-events',
  section: '3.10',
  title: 'Events that come in another order are shown in the order of their numbers, once each.',
  async run(stage) {
    const conversationId = await stage.begins();
    let held: ServerFrame | undefined;
    stage.hostile({
      outgoing: (frame) => {
        if (!isEventOf(conversationId, frame)) return [frame];
        if (JSON.stringify(frame).includes('first')) {
          held = frame;
          return [];
        }
        const late = held;
        held = undefined;
        return late ? [frame, late] : [frame];
      },
    });
    await stage.botSays(conversationId, 'first');
    await stage.botSays(conversationId, 'second');
    stage.hostile({ outgoing: (frame) => [frame] });
    await stage.botSays(conversationId, 'third');
    await stage.shows(['Hello.', 'first', 'second', 'third']);
  },
};

const clientDuplicateEvents: ClientCheck = {
  id: 'client-duplicate-events',
  section: '3.10',
  title: 'An event that comes again, at once or later, changes nothing.',
  async run(stage) {
    const conversationId = await stage.begins();
    const told: ServerFrame[] = [];
    stage.hostile({
      outgoing: (frame) => {
        if (frame.type !== 'event') return [frame];
        told.push(frame);
        return [...told, frame];
      },
    });
    for (const text of ['one', 'two', 'three']) await stage.botSays(conversationId, text);
    await stage.shows(['Hello.', 'one', 'two', 'three']);
    await stage.keepsShowing(['Hello.', 'one', 'two', 'three']);
  },
};

const clientUnknownEvent: ClientCheck = {
  id: 'client-unknown-event',
  section: '3.10',
  title: 'An event of an unknown type is ignored and advances the cursor.',
  async run(stage) {
    const conversationId = await stage.begins();
    let unknown = 0;
    stage.hostile({
      outgoing: (frame) => {
        if (!isEventOf(conversationId, frame) || !JSON.stringify(frame).includes('never shown'))
          return [frame];
        unknown = frame.event.seq;
        return [{ ...frame, event: { ...frame.event, type: 'message.levitated', data: { height: 3 } } }];
      },
    });
    await stage.botSays(conversationId, 'never shown');
    const from = stage.server.received.length;
    await stage.botSays(conversationId, 'after it');
    await stage.shows(['Hello.', 'after it']);
    must(
      stage.frames('subscribe', from).length === 0,
      'no new subscription',
      stage.frames('subscribe', from),
    );
    stage.server.drop();
    const back = await stage.until('a subscription after the cut', () =>
      stage
        .frames('subscribe', from)
        .find(({ stream }) => stream === conversationStream(conversationId, 'public')),
    );
    must((back.cursor?.seq ?? 0) > unknown, `a cursor beyond ${unknown}`, back);
  },
};

const clientWrongEpoch: ClientCheck = {
  id: 'client-wrong-epoch',
  section: '3.9',
  title: 'A snapshot in place of a recovery replaces what the client held.',
  async run(stage) {
    const conversationId = await stage.begins();
    await stage.botSays(conversationId, 'before the rotation');
    await stage.shows(['Hello.', 'before the rotation']);
    const forgets = (frame: ServerFrame): unknown => {
      if (frame.type !== 'subscribed' || frame.snapshot?.kind !== 'conversation') return frame;
      const messages = frame.snapshot.messages.filter(
        (message) => !JSON.stringify(message).includes('rotation'),
      );
      return { ...frame, snapshot: { ...frame.snapshot, messages } };
    };
    stage.hostile({ outgoing: (frame) => [forgets(frame)] });
    for (const audience of ['public', 'staff'] as const)
      await stage.driver.rotateEpoch({ stream: conversationStream(conversationId, audience) });
    stage.server.drop();
    await stage.shows(['Hello.']);
    await stage.until('a new subscription', () =>
      stage.server.seats.find((seat) => seat.reads(conversationId)),
    );
    await stage.botSays(conversationId, 'in the new epoch');
    await stage.shows(['Hello.', 'in the new epoch']);
  },
};

const clientUnknownPart: ClientCheck = {
  id: 'client-unknown-part',
  section: '2.7',
  title: 'A part of an unknown type is shown as its `fallbackText`, never as a hole.',
  async run(stage) {
    const conversationId = await stage.begins();
    const parts = [{ partId: 'p', type: 'x-conformance-seats' as const, fallbackText: 'Seat 12', row: 12 }];
    await stage.driver.botSay({ conversationId, parts });
    await stage.shows(['Hello.', 'Seat 12']);
  },
};

const clientUnknownFields: ClientCheck = {
  id: 'client-unknown-fields',
  section: '2.3',
  title: 'Fields, frames and signals that the client does not know are ignored.',
  async run(stage) {
    stage.hostile({
      outgoing: (frame) => [
        { ...frame, weather: { sky: 'clear' } },
        { type: 'weather', sky: 'clear' },
        { type: 'signal', signal: { type: 'weather', data: { sky: 'clear' } } },
      ],
    });
    const conversationId = await stage.begins();
    await stage.botSays(conversationId, 'still here');
    await stage.shows(['Hello.', 'still here']);
  },
};

const clientDeltaGap: ClientCheck = {
  id: 'client-delta-gap',
  section: '6.4',
  title: 'A missing piece of an answer is never papered over, and the end’s parts are what is shown.',
  async run(stage) {
    const conversationId = await stage.begins();
    stage.hostile({
      outgoing: (frame) =>
        frame.type === 'signal' && frame.signal.type === 'message.delta' && frame.signal.data.index === 1
          ? []
          : [frame],
    });
    const { messageId } = await stage.driver.botBegin({ conversationId });
    for (const text of ['I do ', 'not ', 'agree.']) await stage.driver.botWrite({ messageId, text });
    await stage.wait(200);
    const shown = (await stage.client.view()).messages.map(({ text }) => text);
    must(!shown.includes('I do agree.'), 'no text that nobody wrote', shown);
    await stage.driver.botEnd({ messageId });
    await stage.shows(['Hello.', 'I do not agree.']);
  },
};

/** What a client makes of a log. */
export const clientLogChecks: readonly ClientCheck[] = [
  clientUnknownFields,
  clientUnknownPart,
  clientWrongEpoch,
  clientGapResync,
  clientReorderedEvents,
  clientDuplicateEvents,
  clientUnknownEvent,
  clientDeltaGap,
];
