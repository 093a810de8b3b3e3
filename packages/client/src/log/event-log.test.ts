import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Cursor, LogEvent, Snapshot } from '@sahay/protocol';
import { EventLog, type StreamSink } from './event-log.ts';

const stream = 'user:v';
const event = (seq: number, epoch = 'e'): LogEvent => ({
  id: `id${seq}`,
  type: 'data.exported',
  stream,
  epoch,
  seq,
  time: '2026-01-01T00:00:00Z',
  data: { exportId: 'x' },
});
const snapshot = (seq: number, epoch = 'e'): Snapshot => ({
  kind: 'user',
  asOf: { stream, epoch, seq, eventId: `id${seq}` },
  conversations: [],
  consents: [],
  invitations: [],
});

let asked: (Cursor | string)[];
let seen: string[];
let log: EventLog;
const sink: StreamSink = {
  reset: (one) => seen.push(`reset ${one.asOf.seq}`),
  apply: (one) => seen.push(`${one.seq}`),
  problem: ({ code }) => seen.push(code),
};
const subscribed = (recovered: boolean, seq = 0, epoch = 'e') =>
  log.onSubscribed({
    type: 'subscribed',
    stream,
    epoch,
    headSeq: seq,
    recovered,
    ...(!recovered && { snapshot: snapshot(seq, epoch) }),
  });

beforeEach(() => {
  asked = [];
  seen = [];
  log = new EventLog(
    ({ stream: name, cursor }) => asked.push(cursor ?? name),
    () => undefined,
  );
  log.open(stream, sink);
  log.connected();
});

describe('an event log', () => {
  it('begins with a snapshot, drops what it has and applies what is next', () => {
    subscribed(false, 2);
    for (const seq of [1, 2, 3, 3, 4]) log.onEvent(event(seq));
    assert.deepEqual(asked, [stream]);
    assert.deepEqual(seen, ['reset 2', '3', '4']);
  });

  it('goes on from its cursor after a lost connection', () => {
    subscribed(false, 2);
    log.onEvent(event(3));
    log.disconnected();
    log.onEvent(event(4));
    log.connected();
    assert.deepEqual(asked[1], { stream, epoch: 'e', seq: 3, eventId: 'id3' });
    subscribed(true, 5);
    for (const seq of [4, 5]) log.onEvent(event(seq));
    assert.deepEqual(seen, ['reset 2', '3', '4', '5']);
  });

  it('asks again when something is missing, and hears nothing in between', () => {
    subscribed(false, 2);
    log.onEvent(event(5));
    log.onEvent(event(6));
    assert.equal(asked.length, 2);
    subscribed(true, 6);
    for (const seq of [3, 4, 5, 6]) log.onEvent(event(seq));
    assert.deepEqual(seen, ['reset 2', '3', '4', '5', '6']);
  });

  it('takes an event of another epoch for a gap', () => {
    subscribed(false, 2);
    log.onEvent(event(3, 'other'));
    assert.deepEqual(asked[1], { stream, epoch: 'e', seq: 2, eventId: 'id2' });
    subscribed(false, 7, 'other');
    log.onEvent(event(8, 'other'));
    assert.deepEqual(seen, ['reset 2', 'reset 7', '8']);
  });

  it('asks for a snapshot when replays do not help, and then has patience', () => {
    subscribed(false, 2);
    for (let round = 0; round < 10; round++) {
      log.onEvent(event(9));
      subscribed(true, 9);
    }
    assert.deepEqual(
      asked.map((from) => (typeof from === 'string' ? 'snapshot' : from.seq)),
      ['snapshot', 2, 2, 'snapshot', 'snapshot'],
    );
    assert.equal(seen.at(-1), 'cursor_invalid');
    log.connected();
    assert.equal(asked.length, 6);
  });

  const absent = { type: 'x', title: 'Not there', status: 404, code: 'not_found', retryable: false } as const;

  it('asks again for a stream in which something came to be while the answer that there is none was on its way', () => {
    log.refresh(stream);
    log.onProblem(stream, absent);
    assert.deepEqual([asked.length, seen], [2, []]);
    log.onProblem(stream, absent);
    assert.deepEqual([asked.length, seen], [2, ['not_found']], 'once');
  });

  it('asks again for a stream that was not there yet', () => {
    log.onProblem(stream, absent);
    assert.deepEqual(seen, ['not_found']);
    log.open(stream, sink);
    assert.equal(asked.length, 2);
  });
});
