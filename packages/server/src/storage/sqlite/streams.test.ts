import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Conversation, Cursor, LogEvent, Message } from '@sahay/protocol';
import {
  applyToConversation,
  applyToInbox,
  applyToMessage,
  emptyInboxState,
  messageIdOf,
} from '@sahay/protocol/core';
import type { Store, StreamReading } from '../store.ts';
import {
  agent,
  botPolicy,
  numbered,
  say,
  start,
  tempFolder,
  tempStore,
  visitor,
} from '../testing/temp-store.ts';
import { defaultPolicy } from '../../policy.ts';
import { openSqliteStore } from './sqlite-store.ts';

const stream = 'conversation:c1:public';

async function chatter(store: Store, messages: number): Promise<void> {
  const commands = [
    start(),
    ...Array.from({ length: messages }, (_, i) => say(`Message ${i}`, 'c1', `cm${i}`)),
  ];
  await Promise.all(
    commands.map((command, index) => store.execute(visitor, numbered('o1', index + 1, command))),
  );
}

const cursorAt = (events: readonly LogEvent[], seq: number): Cursor => {
  const event = events.find((one) => one.seq === seq)!;
  return { stream: event.stream, epoch: event.epoch, seq, eventId: event.id };
};

const isDense = (events: readonly LogEvent[], from = 1): void =>
  assert.deepEqual(
    events.map((event) => event.seq),
    events.map((_, index) => from + index),
  );

async function heardOf(store: Store, name: string, act: () => Promise<unknown>): Promise<LogEvent[]> {
  const heard: LogEvent[] = [];
  const stop = store.onCommitted((events) => heard.push(...events.filter((event) => event.stream === name)));
  await act();
  stop();
  return heard;
}

test('a cursor that fits gets exactly what came after it', async (t) => {
  const store = await tempStore(t);
  const heard = await heardOf(store, stream, () => chatter(store, 10));
  isDense(heard);
  const { subscribed, events } = await store.read(stream, cursorAt(heard, 4));
  assert.equal(subscribed.recovered, true);
  assert.equal(subscribed.snapshot, undefined);
  assert.deepEqual(events, heard.slice(4));
  const begin = await store.read(stream, { stream, epoch: subscribed.epoch, seq: 0 });
  assert.deepEqual(begin.events, heard);
});

test('a cursor that does not fit gets one snapshot: epoch, event id, ahead, too much', async (t) => {
  const store = await tempStore(t, { limits: { replay: 5 } });
  const heard = await heardOf(store, stream, () => chatter(store, 10));
  const good = cursorAt(heard, 8);
  const isSnapshot = ({ subscribed, events }: StreamReading): void => {
    assert.equal(subscribed.recovered, false);
    assert.equal(subscribed.snapshot?.asOf.seq, subscribed.headSeq);
    assert.equal(subscribed.snapshot?.asOf.eventId, heard.at(-1)?.id);
    assert.deepEqual(events, []);
  };
  assert.equal((await store.read(stream, good)).subscribed.recovered, true);
  isSnapshot(await store.read(stream, { ...good, epoch: 'another' }));
  isSnapshot(await store.read(stream, { ...good, eventId: 'e_restored' }));
  isSnapshot(await store.read(stream, { ...good, seq: good.seq + 100 }));
  isSnapshot(await store.read(stream, cursorAt(heard, 1)));
  isSnapshot(await store.read(stream));
});

test('a snapshot is the fold of the events', async (t) => {
  const store = await tempStore(t, { policy: botPolicy });
  const inboxBefore = (await store.read('inbox:shop')).subscribed;
  const heard: LogEvent[] = [];
  store.onCommitted((events) => heard.push(...events));
  await chatter(store, 3);
  await store.execute(
    visitor,
    numbered('o1', 5, { type: 'handoff.request', conversationId: 'c1', data: {} }),
  );
  await store.execute(
    agent,
    numbered('o2', 1, { type: 'assignment.accept', conversationId: 'c1', data: {} }),
  );
  await store.execute(
    agent,
    numbered('o2', 2, { type: 'note.add', conversationId: 'c1', data: { text: 'Careful' } }),
  );

  const { snapshot } = (await store.read(stream)).subscribed;
  assert.equal(snapshot?.kind, 'conversation');
  const ours = heard.filter((event) => event.stream === stream);
  const folded = ours.reduce<Conversation | undefined>(applyToConversation, undefined);
  assert.deepEqual(snapshot.conversation, JSON.parse(JSON.stringify(folded)));
  const messages = new Map<string, ReturnType<typeof applyToMessage>>();
  for (const event of ours) {
    const id = messageIdOf(event);
    if (id) messages.set(id, applyToMessage(messages.get(id), event));
  }
  assert.deepEqual(snapshot.messages, JSON.parse(JSON.stringify([...messages.values()])));
  const inbox = (await store.read('inbox:shop')).subscribed.snapshot;
  const foldedInbox = heard
    .filter((event) => event.stream === 'inbox:shop')
    .reduce((state, event) => applyToInbox(state, event), emptyInboxState);
  assert.equal(inboxBefore.headSeq, 0);
  assert.equal(inbox?.kind, 'inbox');
  assert.deepEqual(inbox.entries, JSON.parse(JSON.stringify(foldedInbox.entries)));
});

test('the staff stream is a superset; notes never reach the public one', async (t) => {
  const store = await tempStore(t, { policy: botPolicy });
  const heard: LogEvent[] = [];
  store.onCommitted((events) => heard.push(...events));
  await chatter(store, 2);
  await store.execute(
    agent,
    numbered('o2', 1, { type: 'note.add', conversationId: 'c1', data: { text: 'Secret' } }),
  );
  const open = heard.filter((event) => event.stream === stream);
  const staff = heard.filter((event) => event.stream === 'conversation:c1:staff');
  isDense(open);
  isDense(staff);
  const staffIds = new Set(staff.map((event) => event.id));
  assert.ok(open.every((event) => staffIds.has(event.id)));
  assert.ok(staff.some((event) => event.type === 'note.added'));
  assert.ok(!JSON.stringify(open).includes('Secret'));
  const snapshot = (await store.read(stream)).subscribed.snapshot;
  assert.ok(!JSON.stringify(snapshot).includes('Secret'));
  assert.ok(
    JSON.stringify((await store.read('conversation:c1:staff')).subscribed.snapshot).includes('Secret'),
  );
});

test('the inbox hears of a conversation only when its entry changes', async (t) => {
  const store = await tempStore(t);
  const heard = await heardOf(store, 'inbox:shop', async () => {
    await chatter(store, 1);
    const { messages } = await store.history('c1', { limit: 1 });
    await store.execute(
      visitor,
      numbered('o1', 3, {
        type: 'receipt.mark',
        conversationId: 'c1',
        data: { messageId: messages[0]!.id, kind: 'delivered' },
      }),
    );
  });
  assert.equal(heard.length, 2);
});

test('pages of history stay the same while others write', async (t) => {
  const store = await tempStore(t);
  await chatter(store, 120);
  const { snapshot } = (await store.read(stream)).subscribed;
  assert.equal(snapshot?.kind, 'conversation');
  assert.equal(snapshot.messages.length, 50);
  const seen = [...snapshot.messages];
  let n = 122;
  for (let earlier = snapshot.earlier; earlier;) {
    await store.execute(visitor, numbered('o1', n, say('In between', 'c1', `x${n++}`)));
    const page = await store.history('c1', { before: earlier, limit: 30 });
    seen.unshift(...page.messages);
    earlier = page.earlier;
  }
  assert.deepEqual(
    seen.map((message) => message.clientMessageId),
    Array.from({ length: 120 }, (_, i) => `cm${i}`),
  );
  for (const before of [
    'nonsense',
    Buffer.from('m1.-1').toString('base64url'),
    Buffer.from('m1.1e3').toString('base64url'),
    '',
  ])
    await assert.rejects(store.history('c1', { before, limit: 10 }), {
      name: 'ProblemError',
      message: /cursor_invalid/,
    });
});

test('a page around a message holds it, and leads on both ways to all others, once each', async (t) => {
  const store = await tempStore(t);
  await chatter(store, 120);
  const all = (await store.history('c1', { limit: 200 })).messages;
  const middle = all[60]!.id;
  const page = await store.history('c1', { around: middle, limit: 20 });
  assert.equal(page.messages.length, 20);
  assert.equal(page.messages[10]!.id, middle);
  const seen = [...page.messages];
  for (let { earlier } = page; earlier;) {
    const more = await store.history('c1', { before: earlier, limit: 33 });
    assert.equal(more.later, undefined);
    seen.unshift(...more.messages);
    earlier = more.earlier;
  }
  let n = 122;
  for (let { later } = page; later;) {
    // What is written meanwhile comes in its place, at the end.
    if (n < 124) all.push(await said(store, numbered('o1', n, say('Late', 'c1', `late${n++}`))));
    const more = await store.history('c1', { after: later, limit: 33 });
    assert.ok(more.earlier);
    seen.push(...more.messages);
    later = more.later;
  }
  assert.deepEqual(ids(seen), ids(all));
  const first = await store.history('c1', { around: all[0]!.id, limit: 5 });
  assert.deepEqual([ids(first.messages), first.earlier], [ids(all.slice(0, 3)), undefined]);
  const last = await store.history('c1', { around: all.at(-1)!.id, limit: 1 });
  assert.deepEqual([ids(last.messages), last.later], [ids(all.slice(-1)), undefined]);
  await assert.rejects(store.history('c1', { around: 'nobody', limit: 5 }), /message_not_found/);
  await assert.rejects(store.history('c1', { after: 'nonsense', limit: 5 }), /cursor_invalid/);
});

test('a page around a long message stays small, and loses nothing by it', async (t) => {
  const store = await tempStore(t, { limits: { bytes: 50_000 } });
  await store.execute(visitor, numbered('o1', 1, start()));
  const long: Message[] = [];
  for (let n = 2; n < 12; n++)
    long.push(await said(store, numbered('o1', n, say('x'.repeat(15_000), 'c1', `cm${n}`))));
  const { messages, earlier, later } = await store.history('c1', { around: long[4]!.id, limit: 50 });
  assert.ok(messages.length < 5, `${messages.length} messages`);
  assert.ok(ids(messages).includes(long[4]!.id) && earlier && later);
});

test('a search finds what was said in one stretch after another, and nothing that was taken back', async (t) => {
  const store = await tempStore(t);
  await chatter(store, 2_100);
  await store.execute(visitor, numbered('o1', 2_102, say('MESSAGE 7 again', 'c1', 'again')));
  const found: string[] = [];
  const pages: number[] = [];
  let before: string | undefined;
  do {
    const page = await store.search('c1', { wanted: 'message 7', before });
    const said = await Promise.all(page.matches.map(({ messageId }) => store.message('c1', messageId)));
    found.unshift(...said.map((message) => message?.clientMessageId ?? ''));
    pages.push(page.matches.length);
    before = page.earlier;
  } while (before);
  const wanted = [7, ...range(70, 10), ...range(700, 100)].map((i) => `cm${i}`);
  assert.deepEqual(found, [...wanted, 'again']);
  assert.equal(pages.length, 3);
  const [gone] = (await store.search('c1', { wanted: 'again' })).matches;
  await store.execute(
    visitor,
    numbered('o1', 2_103, {
      type: 'message.delete',
      conversationId: 'c1',
      data: { messageId: gone?.messageId ?? '' },
    }),
  );
  assert.deepEqual((await store.search('c1', { wanted: 'again' })).matches, []);
  await assert.rejects(store.search('c1', { wanted: 'x', before: 'nonsense' }), /cursor_invalid/);
});

const ids = (messages: readonly Message[]): string[] => messages.map(({ id }) => id);

/** Says something, and gives the message that it became. */
async function said(store: Store, command: Parameters<Store['execute']>[1]): Promise<Message> {
  await store.execute(visitor, command);
  return (await store.history('c1', { limit: 1 })).messages[0]!;
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

test('a snapshot of long messages stays small, and says that there is more', async (t) => {
  const store = await tempStore(t, { limits: { bytes: 50_000 } });
  await store.execute(visitor, numbered('o1', 1, start()));
  for (let n = 2; n < 12; n++)
    await store.execute(visitor, numbered('o1', n, say('x'.repeat(15_000), 'c1', `cm${n}`)));
  const { subscribed } = await store.read(stream, {
    stream,
    epoch: (await store.read(stream)).subscribed.epoch,
    seq: 0,
  });
  assert.equal(subscribed.recovered, false);
  assert.equal(subscribed.snapshot?.kind, 'conversation');
  assert.equal(subscribed.snapshot.messages.length, 3);
  assert.ok(subscribed.snapshot.earlier);
});

test('streams go on where they were when the file is opened again, also from a backup', async (t) => {
  const folder = tempFolder(t);
  const store = await openSqliteStore({
    path: join(folder, 'sahay.db'),
    tenantId: 'shop',
    policy: defaultPolicy,
  });
  const heard = await heardOf(store, stream, () => chatter(store, 5));
  await store.backup(join(folder, 'backup.db'));
  const lost = await heardOf(store, stream, () =>
    store.execute(visitor, numbered('o1', 7, say('After the backup', 'c1', 'late'))),
  );
  await store.close();

  const again = await tempStore(t, { path: join(folder, 'sahay.db') });
  assert.deepEqual((await again.read(stream, cursorAt(heard, 2))).events, [...heard.slice(2), ...lost]);
  const restored = await tempStore(t, { path: join(folder, 'backup.db') });
  assert.equal((await restored.read(stream, cursorAt(heard, 2))).subscribed.recovered, true);
  assert.equal((await restored.read(stream, cursorAt(lost, lost[0]!.seq))).subscribed.recovered, false);
  await restored.execute(visitor, numbered('o1', 7, say('Another one at the same seq', 'c1', 'other')));
  assert.equal((await restored.read(stream, cursorAt(lost, lost[0]!.seq))).subscribed.recovered, false);
});
