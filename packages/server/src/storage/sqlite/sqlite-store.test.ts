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

test('saying something costs the same however long the conversation is', async (t) => {
  const store = await tempStore(t);
  const say50 = async (id: string): Promise<number> => {
    const began = performance.now();
    const said = Array.from({ length: 50 }, (_, index) => say('And another thing', id, `${id}-${index}`));
    await Promise.all(said.map((command, index) => store.execute(visitor, numbered(id, index + 2, command))));
    return performance.now() - began;
  };
  for (const id of ['long', 'short']) await store.execute(visitor, numbered(id, 1, start(id)));
  await store.sql.run(
    `WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 30000)
     INSERT INTO messages (conversation, ordinal, id, author, role, client_message, status, json)
     SELECT 'long', n, 'm' || n, 'v1', 'visitor', 'before' || n, 'complete', json_object('id', 'm' || n, 'text', hex(zeroblob(400)))
     FROM counted`,
  );
  const short = await say50('short');
  const long = await say50('long');
  assert.ok(long < 3 * short + 150, `50 messages took ${long} ms after 30,000 others, ${short} ms after few`);
});
