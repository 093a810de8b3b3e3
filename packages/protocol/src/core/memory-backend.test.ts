import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProblem, type Command, type Cursor, type LogEvent } from '../index.ts';
import { recentResults, type MemoryBackend } from './index.ts';
import { Stage, ayesha, badal, bot, rina, textPart } from './testing/stage.ts';

const stream = 'conversation:c1:public';
const send = (text: string, clientMessageId = text): Command => ({
  type: 'message.send',
  conversationId: 'c1',
  data: { clientMessageId, parts: [textPart(text)] },
});

/** A conversation with three messages in its public stream, and a cursor at the second event. */
function staged(): { stage: Stage; backend: MemoryBackend; at: (seq: number) => Cursor } {
  const stage = new Stage({ greeting: undefined });
  stage.start();
  for (const text of ['one', 'two', 'three']) stage.says(ayesha, text);
  const log = stage.log('public');
  return {
    stage,
    backend: stage.backend,
    at: (seq) => ({ stream, epoch: log[0]?.epoch ?? '', seq, eventId: log[seq - 1]?.id }),
  };
}

test('a cursor that fits gets exactly the events after it', () => {
  const { backend, at } = staged();
  for (let seq = 0; seq <= 4; seq++) {
    const { subscribed, events } = backend.read(stream, at(seq));
    assert.deepEqual([subscribed.recovered, subscribed.headSeq, subscribed.snapshot], [true, 4, undefined]);
    assert.deepEqual(
      events.map((event) => event.seq),
      [1, 2, 3, 4].slice(seq),
    );
  }
});

const misfits: [string, (cursor: Cursor) => Cursor | undefined][] = [
  ['no cursor', () => undefined],
  ['a cursor of another epoch', (cursor) => ({ ...cursor, epoch: 'ep_other' })],
  ['a cursor whose event is not at its seq', (cursor) => ({ ...cursor, eventId: 'e_other' })],
  ['a cursor without its event', (cursor) => ({ ...cursor, eventId: undefined })],
  ['a cursor ahead of the head', (cursor) => ({ ...cursor, seq: 99 })],
  ['a cursor of another stream', (cursor) => ({ ...cursor, stream: 'conversation:c1:staff' })],
  ['a negative cursor', (cursor) => ({ ...cursor, seq: -1 })],
];

for (const [what, change] of misfits)
  test(`${what} recovers by one snapshot as of the head, and no events`, () => {
    const { backend, at } = staged();
    const { subscribed, events } = backend.read(stream, change(at(2)));
    assert.equal(subscribed.recovered, false);
    assert.deepEqual(events, []);
    const { snapshot } = subscribed;
    assert.ok(snapshot?.kind === 'conversation');
    assert.deepEqual([snapshot.messages.length, snapshot.staff], [3, undefined]);
    const resumed = backend.read(stream, snapshot.asOf);
    assert.deepEqual([resumed.subscribed.recovered, resumed.events], [true, []]);
  });

test('a new epoch makes every cursor recover by snapshot, and keeps the numbers', () => {
  const { stage, backend, at } = staged();
  backend.rotateEpoch(stream);
  assert.equal(backend.read(stream, at(4)).subscribed.recovered, false);
  const { epoch } = backend.read(stream).subscribed;
  stage.says(ayesha, 'four');
  const { events } = backend.read(stream, { stream, epoch, seq: 0 });
  assert.deepEqual(
    events.map((event) => [event.seq, event.epoch]),
    [1, 2, 3, 4, 5].map((seq) => [seq, epoch]),
  );
});

test('a replayed command gets its original result and changes nothing, accepted or refused', () => {
  const { stage, backend } = staged();
  const give = (n: number, command: Command) => backend.execute(ayesha, { outboxId: 'o9', n, command });
  const sent = give(1, send('four'));
  const refused = give(2, send(' '));
  const before = stage.log('staff').length;
  stage.passes(60_000);
  assert.deepEqual(give(1, send('four')), sent);
  assert.deepEqual(give(2, send(' ')), refused);
  assert.equal(stage.log('staff').length, before);
  assert.equal(give(3, send('five')).type, 'ack');
});

test('a refusal that is given takes its number without being decided', () => {
  const { backend } = new Stage();
  const malformed = { type: 'identity.link' } as unknown as Command;
  const problem = makeProblem('invalid_command');
  const refused = backend.execute(ayesha, { outboxId: 'o', n: 1, command: malformed }, problem);
  assert.equal(refused.type === 'reject' && refused.problem.code, 'invalid_command');
  assert.deepEqual(backend.execute(ayesha, { outboxId: 'o', n: 1, command: malformed }, problem), refused);
  const next = { type: 'command.void', data: {} } as const;
  assert.equal(backend.execute(ayesha, { outboxId: 'o', n: 2, command: next }).type, 'ack');
});

test('another body under a number, a hole, and a number long forgotten', () => {
  const { stage, backend } = staged();
  const codeOf = (n: number, command: Command) => {
    const reply = backend.execute(ayesha, { outboxId: 'o9', n, command });
    return reply.type === 'ack' ? 'ack' : reply.problem.code;
  };
  const receipt = {
    type: 'receipt.mark',
    conversationId: 'c1',
    data: { messageId: 'm_none', kind: 'read' },
  } as const;
  assert.equal(codeOf(1, send('a')), 'ack');
  assert.equal(codeOf(1, send('b')), 'payload_mismatch');
  const hole = backend.execute(ayesha, { outboxId: 'o9', n: 5, command: send('e') });
  assert.ok(hole.type === 'reject');
  assert.deepEqual(
    [hole.problem.code, hole.problem.expected, hole.problem.retryable],
    ['out_of_order', 2, true],
  );
  for (let n = 2; n <= recentResults + 1; n++) codeOf(n, receipt);
  assert.equal(codeOf(1, send('a')), 'payload_mismatch');
  assert.equal(stage.log('public').length, 5);
});

test('an outbox belongs to one, in all its lanes', () => {
  const { backend } = staged();
  const start = (conversationId: string): Command => ({
    type: 'conversation.start',
    conversationId,
    data: { locale: 'en' },
  });
  assert.equal(backend.execute(ayesha, { outboxId: 'o9', n: 1, command: start('c2') }).type, 'ack');
  const taken = backend.execute(badal, { outboxId: 'o9', n: 1, command: start('c3') });
  assert.ok(taken.type === 'reject' && taken.problem.code === 'outbox_conflict');
  const asAgent = backend.execute({ ...rina, id: 'ayesha' }, { outboxId: 'o9', n: 2, command: start('c2') });
  assert.ok(asAgent.type === 'reject' && asAgent.problem.code === 'outbox_conflict');
});

test('an outbox or a lane called as what objects inherit is one like any other', () => {
  const { backend } = staged();
  for (const outboxId of ['__proto__', 'constructor'])
    assert.equal(backend.execute(ayesha, { outboxId, n: 1, command: send(outboxId) }).type, 'ack');
});

test('who listens hears every event once, in the order of the log, even when another answers at once', () => {
  const { stage, backend } = staged();
  const heard: LogEvent[] = [];
  backend.onEvent((event) => {
    if (event.type !== 'message.created' || event.data.message.author.role !== 'visitor') return;
    if (event.stream === stream) stage.says(bot, `Yes: ${event.id}`);
  });
  const stop = backend.onEvent((event) => heard.push(event));
  const before = stage.log('staff').length;
  stage.says(ayesha, 'four');
  for (const name of [stream, 'conversation:c1:staff']) {
    const seqs = heard.filter((event) => event.stream === name).map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      stage
        .logOf(name)
        .slice(-2)
        .map(({ seq }) => seq),
      name,
    );
  }
  assert.equal(stage.log('staff').length, before + 2);
  stop();
  heard.length = 0;
  stage.says(bot, 'five');
  assert.deepEqual(heard, []);
});

test('a listener that fails keeps nobody from hearing, and its command from running twice', () => {
  const { stage, backend } = staged();
  const heard: string[] = [];
  const stop = backend.onEvent(() => {
    throw new Error('Cannot draw');
  });
  backend.onEvent((event) => heard.push(event.type));
  assert.throws(() => backend.execute(ayesha, { outboxId: 'o9', n: 1, command: send('four') }));
  stop();
  assert.ok(heard.includes('message.created'));
  const length = stage.log('public').length;
  assert.equal(backend.execute(ayesha, { outboxId: 'o9', n: 1, command: send('four') }).type, 'ack');
  assert.equal(stage.log('public').length, length);
});

test('every id a backend makes is new', () => {
  const { stage } = staged();
  const ids = stage.log('staff').map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});
