import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEvent } from '@sahay/protocol';
import { numbered, say, start, tempStore, visitor } from '../testing/temp-store.ts';

test('a conversation begins and a message is in its log, its snapshot and the inbox', async (t) => {
  const store = await tempStore(t);
  const heard: LogEvent[] = [];
  store.onCommitted((events) => heard.push(...events));
  const [first, second] = await Promise.all([
    store.execute(visitor, numbered('o1', 1, start())),
    store.execute(visitor, numbered('o1', 2, say('Hello there'))),
  ]);
  assert.equal(first.reply.type, 'ack');
  assert.equal(second.reply.type, 'ack');
  const { subscribed } = await store.read('conversation:c1:public');
  assert.equal(subscribed.recovered, false);
  assert.equal(subscribed.snapshot?.kind, 'conversation');
  assert.deepEqual(
    subscribed.snapshot.messages.map((message) => message.parts),
    [[{ partId: 'p1', type: 'text', text: 'Hello there' }]],
  );
  assert.ok(
    heard.some((event) => event.stream === 'conversation:c1:public' && event.type === 'message.created'),
  );
  const inbox = await store.read('inbox:shop');
  assert.equal(inbox.subscribed.snapshot?.kind, 'inbox');
  assert.equal(inbox.subscribed.snapshot.entries[0]?.lastMessage?.text, 'Hello there');
});
