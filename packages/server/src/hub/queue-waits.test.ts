import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment } from '@sahay/protocol';
import { QueueWaits } from './queue-waits.ts';

const at = (seconds: number): string => new Date(1_800_000_000_000 + seconds * 1000).toISOString();
let ids = 0;

/** A conversation that began to wait at a place, and what became of it after some seconds. */
function wait(
  waits: QueueWaits,
  position: number,
  seconds: number,
  state: Assignment['state'] = 'assigned',
): void {
  const conversationId = `c${++ids}`;
  const assignment = { state, since: at(0) };
  waits.observe(
    { conversationId, waitingSince: at(0), assignment: { ...assignment, state: 'queued' } },
    at(0),
    position,
  );
  waits.observe({ conversationId, assignment }, at(seconds), undefined);
}

test('a wait is told from the middle half of those that were measured, and not before there were five', () => {
  const waits = new QueueWaits();
  for (const seconds of [30, 60, 90, 120]) wait(waits, 1, seconds);
  assert.equal(waits.estimate(1), undefined);
  wait(waits, 1, 600);
  assert.deepEqual(waits.estimate(1), { low: 60, high: 120 });
});

test('only who began at a similar place counts', () => {
  const waits = new QueueWaits();
  for (let n = 0; n < 5; n++) wait(waits, 1, 10);
  for (let n = 0; n < 5; n++) wait(waits, 20, 1_000);
  assert.deepEqual(waits.estimate(2), { low: 10, high: 10 });
  assert.deepEqual(waits.estimate(22), { low: 1_000, high: 1_000 });
  assert.equal(waits.estimate(10), undefined);
});

test('a wait that no person ended is none', () => {
  const waits = new QueueWaits();
  for (const state of ['none', 'bot'] as const) for (let n = 0; n < 5; n++) wait(waits, 1, 5, state);
  assert.equal(waits.estimate(1), undefined);
});

test('a conversation that rings at an agent’s goes on waiting from where it began', () => {
  const waits = new QueueWaits();
  for (let n = 0; n < 5; n++) {
    const conversationId = `r${n}`;
    const entry = { conversationId, assignment: { state: 'queued', since: at(0) } } as const;
    waits.observe({ ...entry, waitingSince: at(0) }, at(0), 3);
    waits.observe(
      { ...entry, waitingSince: at(40), assignment: { state: 'ringing', since: at(40) } },
      at(40),
      1,
    );
    waits.observe({ ...entry, assignment: { state: 'assigned', since: at(50) } }, at(50), undefined);
  }
  assert.deepEqual(waits.estimate(3), { low: 50, high: 50 });
});

test('who is taken at once has waited, but a wait of zero is never told', () => {
  const waits = new QueueWaits();
  for (let n = 0; n < 5; n++) wait(waits, 1, 0);
  assert.deepEqual(waits.estimate(1), { low: 0, high: 1 });
});

test('what was long ago is forgotten for what was lately', () => {
  const waits = new QueueWaits();
  for (let n = 0; n < 500; n++) wait(waits, 1, 900);
  for (let n = 0; n < 500; n++) wait(waits, 1, 20);
  assert.deepEqual(waits.estimate(1), { low: 20, high: 20 });
});
