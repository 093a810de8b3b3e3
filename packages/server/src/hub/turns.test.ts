import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import { Turns } from './turns.ts';

test('one has so many turns at once and the others wait in order; another does not wait for her', async () => {
  const turns = new Turns(2);
  const [greedy, modest] = [{}, {}];
  const begun: number[] = [];
  const ends = [1, 2, 3, 4].map(async (n) => {
    const end = await turns.take(greedy);
    begun.push(n);
    return end;
  });
  await turns.take(modest);
  await soon();
  assert.deepEqual(begun, [1, 2]);
  (await ends[0]!)();
  await soon();
  assert.deepEqual(begun, [1, 2, 3]);
  (await ends[1]!)();
  (await ends[2]!)();
  (await ends[3]!)();
  assert.deepEqual(begun, [1, 2, 3, 4]);
});
