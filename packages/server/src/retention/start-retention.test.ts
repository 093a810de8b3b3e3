import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { numbered, say, start, tempStore, visitor } from '../storage/testing/temp-store.ts';
import { startRetention } from './start-retention.ts';

test('events leave the log after their days, messages stay', async (t) => {
  let now = Date.parse('2030-01-01T00:00:00Z');
  const store = await tempStore(t, { clock: () => now });
  await store.execute(visitor, numbered('o1', 1, start()));
  await store.execute(visitor, numbered('o1', 2, say('Old', 'c1', 'old')));
  const cursor = (await store.read('conversation:c1:public')).subscribed.snapshot!.asOf;
  now += 40 * 86_400_000;
  await store.execute(visitor, numbered('o1', 3, say('New', 'c1', 'new')));
  assert.equal((await store.read('conversation:c1:public', cursor)).subscribed.recovered, true);
  const stop = startRetention({
    store,
    days: 30,
    clock: () => now,
    logger: pino({ level: 'silent' }),
    everyMs: 10,
  });
  t.after(stop);
  const isKept = async (): Promise<boolean> =>
    (await store.read('conversation:c1:public', cursor)).subscribed.recovered;
  for (let look = 0; look < 400 && (await isKept()); look++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(await isKept(), false);
  const { snapshot } = (await store.read('conversation:c1:public')).subscribed;
  assert.equal(snapshot?.kind === 'conversation' && snapshot.messages.length, 2);
});
