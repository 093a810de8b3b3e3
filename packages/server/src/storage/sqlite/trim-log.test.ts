import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cursor, LogEvent } from '@sahay/protocol';
import type { Store } from '../store.ts';
import { agent, numbered, say, start, tempStore, visitor } from '../testing/temp-store.ts';

const stream = 'conversation:c1:public';
const cursorOf = ({ epoch, seq, id }: LogEvent): Cursor => ({ stream, epoch, seq, eventId: id });

/** A store whose clock the test owns, with a conversation of six messages a minute apart. */
async function conversed(t: Parameters<typeof tempStore>[0]) {
  let now = Date.parse('2030-01-01T12:00:00Z');
  const store = await tempStore(t, { clock: () => now });
  const heard: LogEvent[] = [];
  store.onCommitted((events) => heard.push(...events.filter((event) => event.stream === stream)));
  await store.execute(visitor, numbered('o1', 1, start()));
  const begun = now;
  for (let n = 2; n <= 7; n++) {
    now += 60_000;
    await store.execute(visitor, numbered('o1', n, say(`Message ${n}`, 'c1', `cm${n}`)));
  }
  await store.execute(
    agent,
    numbered('o2', 1, { type: 'note.add', conversationId: 'c1', data: { text: 'Kind' } }),
  );
  return { store, heard, begun };
}

const rows = async (store: Store, table: 'events' | 'entries'): Promise<number> =>
  (await store.sql.all<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n ?? 0;

test('what is older than a moment leaves the log; a cursor to it gets a snapshot, a later one the events', async (t) => {
  const { store, heard, begun } = await conversed(t);
  const before = await rows(store, 'events');
  const { removed } = await store.trim({ before: begun + 3.5 * 60_000 });
  assert.ok(removed > 0);
  assert.ok((await rows(store, 'events')) < before, 'the events themselves are gone');
  const first = heard.findIndex(({ time }) => Date.parse(time) > begun + 3.5 * 60_000);
  assert.equal((await store.read(stream, cursorOf(heard[0]!))).subscribed.recovered, false);
  assert.equal((await store.read(stream, cursorOf(heard[first - 1]!))).subscribed.recovered, false);
  const { subscribed, events } = await store.read(stream, cursorOf(heard[first]!));
  assert.equal(subscribed.recovered, true);
  assert.deepEqual(events, heard.slice(first + 1));
  const begin = await store.read(stream, { stream, epoch: subscribed.epoch, seq: 0 });
  assert.equal(begin.subscribed.recovered, false, 'the beginning is gone as well');
  const { snapshot } = begin.subscribed;
  assert.equal(snapshot?.kind === 'conversation' && snapshot.messages.length, 6, 'messages stay');
});

test('the latest event of each stream stays, so that reading and writing go on from it', async (t) => {
  const { store, heard } = await conversed(t);
  await store.trim({ before: Date.parse('2099-01-01T00:00:00Z') });
  const { asOf } = (await store.read(stream)).subscribed.snapshot!;
  assert.equal(asOf.eventId, heard.at(-1)?.id);
  const { reply } = await store.execute(visitor, numbered('o1', 8, say('Next', 'c1', 'next')));
  assert.equal(reply.type, 'ack');
  const { subscribed, events } = await store.read(stream, asOf);
  assert.equal(subscribed.recovered, true);
  assert.deepEqual(
    events.map(({ seq }) => seq),
    [asOf.seq + 1],
  );
});

test('one stream can be trimmed to its latest events, and the other side keeps what it has', async (t) => {
  const { store, heard } = await conversed(t);
  const staff = 'conversation:c1:staff';
  const { epoch, headSeq } = (await store.read(staff)).subscribed;
  await store.trim({ stream, keep: 2 });
  assert.equal((await store.read(stream, cursorOf(heard.at(-3)!))).subscribed.recovered, false);
  assert.equal((await store.read(stream, cursorOf(heard.at(-2)!))).subscribed.recovered, true);
  const all = await store.read(staff, { stream: staff, epoch, seq: 0 });
  assert.equal(all.subscribed.recovered, true);
  assert.equal(all.events.length, headSeq);
});

test('many streams are trimmed a slice at a time', async (t) => {
  const store = await tempStore(t);
  for (let n = 1; n <= 260; n++) await store.execute(visitor, numbered('o1', 1, start(`c${n}`)));
  const first = await store.trim({ keep: 1 });
  assert.ok(first.next !== undefined);
  const second = await store.trim({ keep: 1, after: first.next });
  assert.equal(second.next, undefined);
  const streams = await store.sql.all('SELECT stream FROM entries GROUP BY stream HAVING count(*) > 1');
  assert.deepEqual(streams, []);
});

test('a new epoch makes every cursor from before a snapshot, and the numbers go on', async (t) => {
  const { store, heard } = await conversed(t);
  await store.rotateEpoch(stream);
  const { subscribed } = await store.read(stream, cursorOf(heard.at(-1)!));
  assert.equal(subscribed.recovered, false);
  assert.notEqual(subscribed.epoch, heard[0]!.epoch);
  assert.equal(subscribed.headSeq, heard.at(-1)!.seq);
  await store.execute(visitor, numbered('o1', 8, say('Next', 'c1', 'next')));
  const { events } = await store.read(stream, subscribed.snapshot!.asOf);
  assert.deepEqual(
    events.map(({ seq, epoch }) => [seq, epoch]),
    [[subscribed.headSeq + 1, subscribed.epoch]],
  );
});
