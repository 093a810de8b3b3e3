import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationHandle } from '../conversation-handle.ts';
import { allSent, deliveries, make, serve, texts } from '../testing/stage.ts';
import type { TestServer, TestServerOptions } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';

const count = 100;

/** A conversation of 100 messages, of which a reader holds the last ten, and the ids of all. */
async function long(
  options: TestServerOptions = { around: true },
): Promise<{ server: TestServer; conversation: ConversationHandle; ids: string[] }> {
  const server = await serve({ window: 10, ...options });
  const person = () =>
    make({ url: server.url, storage: 'memory', getToken: async () => server.tokenFor('visitor-1') });
  const written = person().conversations.create();
  await Promise.all(Array.from({ length: count }, (_none, index) => written.send(`m${index}`)));
  await until(written, allSent(count), 10_000);
  const reader = person();
  await reader.connect();
  await reader.welcome();
  const conversation = reader.conversations.open(written.id);
  await until(conversation, ({ phase }) => phase === 'ready');
  return { server, conversation, ids: [...server.backend.conversation(written.id)!.messages.keys()] };
}

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_none, index) => `m${from + index}`);

/** What is held, with a mark where something is missing. */
function held(conversation: ConversationHandle): string[] {
  const view = conversation.getSnapshot();
  const { messages } = view;
  const all = texts(view);
  if (messages.gap !== undefined) all.splice(messages.indexOf(messages.gap), 0, '…');
  return all;
}

describe('loading around a message', () => {
  it('fetches one page however far back it is, and fills the gap from both sides until they meet', async () => {
    const { server, conversation, ids } = await long();
    const last = conversation.getSnapshot().messages.at(-1);
    assert.equal(await conversation.loadAround!(ids[30]!, 10), true);
    assert.deepEqual(held(conversation), [...range(25, 35), '…', ...range(90, 100)]);
    assert.equal(conversation.getSnapshot().messages.at(-1), last, 'the latest are as they were');
    await conversation.loadBetween!('before', 20);
    assert.deepEqual(held(conversation), [...range(25, 55), '…', ...range(90, 100)]);
    await conversation.loadBetween!('after', 20);
    assert.deepEqual(held(conversation), [...range(25, 55), '…', ...range(70, 100)]);
    await conversation.loadEarlier(20);
    assert.deepEqual(held(conversation), [...range(5, 55), '…', ...range(70, 100)]);
    await Promise.all([conversation.loadBetween!('after', 20), conversation.loadBetween!('before', 20)]);
    assert.deepEqual(held(conversation), range(5, 100), 'asked for twice at once it is filled once');
    await conversation.loadEarlier(20);
    assert.deepEqual(texts(conversation.getSnapshot()), server.texts(conversation.id));
    assert.equal(conversation.getSnapshot().hasEarlier, false);
    assert.ok(deliveries(conversation.getSnapshot()).every((delivery) => delivery === 'sent'));
  });

  it('holds one place beside the latest messages, and what happens to a message of it is seen', async () => {
    const { server, conversation, ids } = await long();
    await conversation.loadAround!(ids[30]!, 10);
    await conversation.loadAround!(ids[5]!, 10);
    assert.deepEqual(held(conversation), [...range(0, 10), '…', ...range(90, 100)]);
    assert.equal(conversation.getSnapshot().hasEarlier, false);
    await conversation.do!('message.delete', { messageId: ids[3]! });
    await until(conversation, ({ messages }) => messages.at(3)?.message.status === 'deleted');
    await conversation.do!('message.delete', { messageId: ids[30]! });
    await conversation.send('new');
    await until(conversation, ({ messages }) => messages.at(-1)?.delivery === 'sent');
    assert.equal(held(conversation).length, 22, 'what is no longer held changes nothing');
    // Near the latest ones there is no gap.
    await conversation.loadAround!(ids[88]!, 10);
    assert.deepEqual(held(conversation), [...range(83, 100), 'new']);
    await conversation.loadEarlier(10);
    assert.deepEqual(held(conversation).slice(0, 2), ['m73', 'm74']);
    assert.equal(server.texts(conversation.id).length, 101);
  });

  it('searches what lies in the gap, and says what is not there', async () => {
    const { conversation, ids } = await long();
    await conversation.loadAround!(ids[3]!, 10);
    const { matches } = await conversation.search!('m8');
    assert.equal(matches.length, 10, 'm80 to m89');
    assert.equal(await conversation.loadAround!('nobody'), false);
    assert.equal(await conversation.loadAround!(ids[95]!), true, 'what is held is there');
    assert.equal(held(conversation).length, 21);
  });

  it('lets go of the place when a snapshot stands for all that was held', async () => {
    const { server, conversation, ids } = await long();
    await conversation.loadAround!(ids[30]!, 10);
    server.backend.rotateEpoch(`conversation:${conversation.id}:public`);
    server.closeAll(1012);
    await until(conversation, ({ messages }) => messages.length === 10, 10_000);
    assert.deepEqual(held(conversation), range(90, 100));
    await conversation.loadEarlier(10);
    assert.deepEqual(held(conversation), range(80, 100));
  });

  it('says where the backend cannot', async () => {
    const { conversation, ids } = await long({});
    assert.equal(await conversation.loadAround!(ids[3]!), undefined);
    assert.deepEqual(held(conversation), range(90, 100));
  });
});
