import { conversationStream, type LogEvent } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must, Unimplemented } from '../finding.ts';
import { commandOf, messageOf, type Person } from '../person.ts';
import { messagesIn, messagesOf, saidIn, says } from '../said.ts';
import type { Stage } from '../stage.ts';
import { cursorAt } from '../wire/peer.ts';

/** The numbers must follow one another, from a given one on. */
export function mustBeDense(events: readonly LogEvent[], from: number): void {
  const numbers = events.map(({ seq }) => seq);
  const dense = numbers.map((_, place) => from + place);
  must(
    numbers.every((seq, place) => seq === dense[place]),
    `the numbers ${dense[0] ?? from} to ${dense.at(-1) ?? from}, one after the other`,
    numbers.join(', '),
  );
}

const seqDense: Check = {
  id: 'seq-dense',
  section: '3.2',
  level: 'core',
  title: 'In each stream `seq` is dense from 1, and one epoch holds while the log lives.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    const { asOf } = reading.subscribed.snapshot ?? {};
    must(asOf !== undefined, 'a snapshot with its cursor', reading.subscribed);
    for (const word of ['one', 'two', 'three', 'four']) await visitor.says(word, conversationId);
    await reading.event('message.created', says('four'));
    mustBeDense(reading.events, asOf.seq + 1);
    const epochs = new Set(reading.events.map(({ epoch }) => epoch).concat(asOf.epoch));
    must(epochs.size === 1, 'one epoch', [...epochs]);
    const whole = await readsFromTheStart(visitor, conversationId);
    if (whole) mustBeDense(whole, 1);
  },
};

/** All events of a conversation so far; nothing where the backend gives a snapshot in their place. */
async function readsFromTheStart(visitor: Person, conversationId: string): Promise<LogEvent[] | undefined> {
  const { subscribed } = await visitor.readsPublic(conversationId);
  const { epoch, stream } = subscribed;
  const whole = await visitor.readsPublic(conversationId, { stream, epoch, seq: 0 });
  return whole.subscribed.recovered ? whole.caughtUp() : undefined;
}

const seqConcurrentWriters: Check = {
  id: 'seq-concurrent-writers',
  section: '3.2',
  level: 'core',
  title: 'Whoever writes at the same time, each stream has one order, in which each lane keeps its own.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    const from = reading.subscribed.headSeq + 1;
    const writers = [1, 2, 3].map(() => stage.personWith(visitor.token));
    await Promise.all(
      writers.map(async (writer, who) => {
        for (const place of [1, 2, 3, 4]) await writer.says(`${who}:${place}`, conversationId);
      }),
    );
    await stage.until(() => saidIn(reading.events).length >= 12);
    await stage.quiet();
    mustBeDense(reading.events, from);
    const said = saidIn(reading.events);
    for (const who of writers.keys()) {
      const own = said.filter((text) => text.startsWith(`${who}:`)).join();
      must(own === [1, 2, 3, 4].map((place) => `${who}:${place}`).join(), 'each writer’s own order', said);
    }
  },
};

const audiencePrivateNote: Check = {
  id: 'audience-private-note',
  section: '3.3',
  level: 'live',
  title:
    'A note is in the staff stream alone: no visitor ever sees it, live, in a snapshot, in history or by subscribing.',
  needs: { capabilities: ['notes'] },
  async run(stage) {
    const agent = await stage.agent();
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    await visitor.says('Is anybody there?', conversationId);
    const heard = await visitor.readsPublic(conversationId);
    const staff = await agent.reads(conversationStream(conversationId, 'staff'));
    const secret = 'conformance: not for the visitor';
    await agent.does('note.add', { text: secret }, conversationId);
    await staff.event('note.added', ({ data }) => data.note.text === secret);
    await visitor.says('After the note.', conversationId);
    await heard.event('message.created', says('After the note.'));
    const seen = (await visitor.peer()).log.frames.filter((frame) => JSON.stringify(frame).includes(secret));
    must(seen.length === 0, 'nothing of the note on the visitor’s connection', seen);
    mustBeDense(heard.events, heard.subscribed.headSeq + 1);
    const again = await visitor.readsPublic(conversationId);
    must(!JSON.stringify(again.subscribed).includes(secret), 'no note in a snapshot', again.subscribed);
    const page = await visitor.ask(
      `${stage.discovery.endpoints.api}/conversations/${conversationId}/messages`,
    );
    must(!page.text.includes(secret), 'no note in the history', page.text);
    await mustNotRead(visitor, conversationStream(conversationId, 'staff'));
  },
};

/** A stream that is not hers must look like one that does not exist. */
export async function mustNotRead(person: Person, stream: string): Promise<void> {
  const peer = await person.peer();
  const from = peer.log.frames.length;
  peer.send({ type: 'subscribe', stream });
  const answer = await peer.log.find(`a refusal to read ${stream}`, (frames) =>
    frames
      .slice(from)
      .find((frame) => (frame.type === 'problem' || frame.type === 'subscribed') && frame.stream === stream),
  );
  must(
    answer.type === 'problem' && answer.problem.code === 'not_found',
    `\`problem\` with not_found for ${stream}`,
    answer,
  );
}

const unknownEventAdvancesCursor: Check = {
  id: 'unknown-event-advances-cursor',
  section: '3.10',
  level: 'core',
  title:
    'A cursor may stand on any event, known to its reader or not: resuming from it brings exactly what follows.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    await visitor.says('one', conversationId);
    await visitor.says('two', conversationId);
    const whole = await readsFromTheStart(visitor, conversationId);
    if (!whole) throw new Unimplemented('the backend replays nothing from the start of a stream');
    for (const event of whole.slice(0, 10)) {
      const reading = await visitor.readsPublic(conversationId, cursorAt(event));
      must(
        reading.subscribed.recovered,
        `\`recovered: true\` from a cursor on the event ${event.type}`,
        reading.subscribed,
      );
      const rest = (await reading.caughtUp()).map(({ id }) => id);
      const wanted = whole.slice(whole.indexOf(event) + 1).map(({ id }) => id);
      must(
        wanted.every((id, place) => id === rest[place]),
        `the events ${wanted.join(', ')}`,
        rest,
      );
    }
  },
};

const unknownPartFallback: Check = {
  id: 'unknown-part-fallback',
  section: '2.7',
  level: 'core',
  title:
    'A part of an unknown type keeps its `fallbackText` and its fields; one without a fallback is refused.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const bare = messageOf('with a part that cannot be shown');
    bare.parts.push({ partId: 'seats', type: 'x-conformance-seats' } as never);
    const reply = await visitor.numbered(
      visitor.take(conversationId),
      commandOf('message.send', bare, conversationId),
    );
    must(
      reply.type === 'reject' && reply.problem.code === 'invalid_command',
      'a part of an unknown type without fallbackText to be refused as invalid_command',
      reply,
    );
    await visitor.says('The lane goes on.', conversationId);
    const reading = await visitor.readsPublic(conversationId);
    await staffSays(stage, conversationId);
    const event = await reading.event('message.created', ({ data }) =>
      data.message.parts.some((part) => part.type === 'x-conformance-seats'),
    );
    const part = messagesOf([event])[0]?.parts[0] as Record<string, unknown> | undefined;
    must(part?.['fallbackText'] === 'Seat 12', 'the fallbackText "Seat 12"', part);
    must(part['row'] === 12, 'the part’s own field `row: 12`', part);
    const { snapshot } = (await visitor.readsPublic(conversationId)).subscribed;
    must(
      messagesIn(snapshot).some(({ parts }) => parts.some((one) => one.fallbackText === 'Seat 12')),
      'the part in a snapshot',
      snapshot,
    );
  },
};

/** The bot, or an agent, says something with a part of its own kind. */
async function staffSays(stage: Stage, conversationId: string): Promise<void> {
  const parts = [{ partId: 'seats', type: 'x-conformance-seats' as const, fallbackText: 'Seat 12', row: 12 }];
  const { driver } = stage.target;
  if (driver?.botSay && driver.silenceBot) {
    await driver.silenceBot();
    await driver.botSay({ conversationId, parts });
    return;
  }
  const agent = await stage.agent();
  await agent.does('assignment.accept', {}, conversationId);
  await agent.does('message.send', { ...messageOf(''), parts }, conversationId);
}

/** What a log is. */
export const streamChecks: readonly Check[] = [seqDense, seqConcurrentWriters, audiencePrivateNote];

/** What a reader may take for granted of it. */
export const readingChecks: readonly Check[] = [unknownEventAdvancesCursor];

/** What messages are made of. */
export const partChecks: readonly Check[] = [unknownPartFallback];
