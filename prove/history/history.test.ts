import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Records } from '../world/records.ts';
import { History } from './history.ts';

test('what a worker writes is what the history reads', () => {
  const history = new History();
  const records = new Records((message) => {
    if (message.kind === 'records') history.read(message.records);
  });
  records.called(5, 1001, 0, 1);
  records.taken(5, 1001, 2);
  records.called(5, 1002, 1, 3);
  records.acknowledged(5, 1001);
  records.view(5, 7, true, [1001, -3], [1002]);
  records.flush();
  const { sent, views } = history.of(5);
  assert.deepEqual(Object.fromEntries(sent), {
    1001: { writer: 0, calledAt: 1, takenAt: 2, acknowledged: true },
    1002: { writer: 1, calledAt: 3, acknowledged: false },
  });
  assert.deepEqual(views, [
    { page: 7, isFinal: true, inLog: Int32Array.from([1001, -3]), pending: Int32Array.from([1002]) },
  ]);
});

test('a view longer than a chunk is one record all the same', () => {
  const history = new History();
  const records = new Records((message) => {
    if (message.kind === 'records') history.read(message.records);
  });
  const long = Array.from({ length: 100_000 }, (_none, index) => index + 1);
  records.called(1, 1, 0, 1);
  records.view(1, 2, false, long, []);
  records.flush();
  assert.equal(history.of(1).views[0]?.inLog.length, 100_000);
});

test('a message that was taken and never sent is a mistake of the run itself', () => {
  assert.throws(() => new History().read(Int32Array.from([2, 1, 1, 1])), /nobody sent it/);
});
