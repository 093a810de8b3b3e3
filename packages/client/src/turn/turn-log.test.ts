import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { turnConnector, type TurnConnector } from '../connector/index.ts';
import type { ConversationView } from '../conversation-handle.ts';
import { createSupportClient, type SupportClient } from '../index.ts';
import { until } from '../testing/until.ts';

type Script = TurnConnector['respond'];

let counter = 0;
const clients: SupportClient[] = [];
const scripted = (respond: Script): TurnConnector =>
  turnConnector({
    name: 'Scripted bot',
    delivery: 'at-most-once',
    capabilities: () => new Set(['streaming', 'cancel', 'regenerate']),
    welcome: async (locale) => ({
      locale,
      author: { id: 'bot', role: 'bot' },
      parts: [{ partId: 'hi', type: 'text', text: `Hello in ${locale}` }],
      availability: { open: true },
    }),
    respond,
  });
function make(respond: Script, namespace = `turn-${++counter}`): SupportClient {
  const client = createSupportClient({ connector: scripted(respond), namespace, locale: 'en' });
  clients.push(client);
  return client;
}
const texts = ({ messages }: ConversationView): string[] =>
  [...messages].map(({ message }) =>
    message.parts.map((part) => (part.type === 'text' ? part.text : part.type)).join('|'),
  );
const ended = (count: number) => (view: ConversationView) =>
  view.messages.length === count && view.messages.at(-1)?.message.status !== 'streaming';

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.destroy()));
});

describe('a backend that only answers', () => {
  it('is given the conversation, and its answer streams into the log', async () => {
    const asked: number[] = [];
    const seen: string[] = [];
    const client = make(async function* (messages) {
      asked.push(messages.length);
      yield { type: 'text-delta', partId: 't', text: 'Hel' };
      yield { type: 'text-delta', partId: 't', text: 'lo' };
      await new Promise((resolve) => setTimeout(resolve, 20));
      yield { type: 'part', part: { partId: 'c', type: 'citation', title: 'Where it stands' } };
      yield { type: 'text-delta', partId: 't', text: '!' };
    });
    assert.deepEqual((await client.welcome())?.parts.length, 1);
    const conversation = client.conversations.create();
    conversation.subscribe(() => seen.push(texts(conversation.getSnapshot()).at(-1) ?? ''));
    await (
      await conversation.send('Hi')
    ).acknowledged;
    const view = await until(conversation, ended(3));
    assert.deepEqual(texts(view), ['Hello in en', 'Hi', 'Hello!|citation']);
    assert.ok(seen.includes('Hello'), 'it was seen while it grew');
    assert.equal(view.messages.at(-1)?.message.author.name, 'Scripted bot');
    await conversation.send('More');
    await until(conversation, ended(5));
    assert.deepEqual(asked, [2, 4]);
  });

  it('keeps the conversation over a reload, and shares it with other tabs', async () => {
    const namespace = `turn-${++counter}`;
    const echo: Script = async function* (messages) {
      yield {
        type: 'text-delta',
        partId: 't',
        text: `answer ${messages.filter(({ author }) => author.role === 'visitor').length}`,
      };
    };
    const before = make(echo, namespace);
    const conversation = before.conversations.create();
    await conversation.send('one');
    await until(conversation, ended(3));
    await before.destroy();
    const after = make(echo, namespace);
    const other = make(echo, namespace);
    await Promise.all([after.ready, other.ready]);
    const restored = after.conversations.current()!;
    await until(restored, ended(3));
    const beside = other.conversations.current()!;
    await until(beside, ended(3));
    await restored.send('two');
    await until(restored, ended(5));
    const view = await until(beside, ended(5));
    assert.deepEqual(texts(view), ['Hello in en', 'one', 'answer 1', 'two', 'answer 2']);
    await Promise.all([restored.send('left'), beside.send('right')]);
    const [left, right] = await Promise.all([until(restored, ended(9)), until(beside, ended(9))]);
    assert.deepEqual(texts(left), texts(right));
  });

  it('says that an answer failed, with what came of it', async () => {
    const client = make(async function* () {
      yield { type: 'text-delta', partId: 't', text: 'Half an' };
      throw new Error('The model is tired.');
    });
    const conversation = client.conversations.create();
    await conversation.send('Hi');
    const view = await until(conversation, ended(3));
    assert.equal(view.messages.at(-1)?.message.status, 'failed');
    assert.equal(view.messages.at(-1)?.message.failure, 'The model is tired.');
    assert.equal(texts(view).at(-1), 'Half an');
  });

  it('forgets a part that was taken back', async () => {
    const client = make(async function* () {
      yield { type: 'text-delta', partId: 'a', text: 'Wrong' };
      yield { type: 'part', part: { partId: 'c', type: 'citation', title: 'Elsewhere' } };
      yield { type: 'part-removed', partId: 'a' };
      yield { type: 'part-removed', partId: 'c' };
      yield { type: 'text-delta', partId: 'b', text: 'Right' };
    });
    const conversation = client.conversations.create();
    await conversation.send('Hi');
    const view = await until(conversation, ended(3));
    assert.deepEqual(texts(view), ['Hello in en', 'Hi', 'Right']);
  });

  it('says of an answer without a word that it failed', async () => {
    const client = make(async function* () {
      yield { type: 'part', part: { partId: 't', type: 'text', text: '' } };
    });
    const conversation = client.conversations.create();
    await conversation.send('Hi');
    const view = await until(conversation, ended(3));
    assert.equal(view.messages.at(-1)?.message.status, 'failed');
  });

  it('stops when it is cancelled, and keeps what was said', async () => {
    let aborted = false;
    const client = make(async function* (_messages, signal) {
      signal.addEventListener('abort', () => (aborted = true));
      yield { type: 'text-delta', partId: 't', text: 'Once upon a time' };
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      yield { type: 'text-delta', partId: 't', text: ' nothing' };
    });
    const conversation = client.conversations.create();
    await conversation.send('Tell me a story');
    const growing = await until(conversation, (view) => texts(view).at(-1) === 'Once upon a time');
    await conversation.cancelMessage(growing.messages.at(-1)!.message.id);
    const view = await until(conversation, ended(3));
    assert.equal(view.messages.at(-1)?.message.status, 'cancelled');
    assert.equal(texts(view).at(-1), 'Once upon a time');
    assert.ok(aborted);
  });

  it('gives another answer in place of one that failed, to the same question', async () => {
    const asked: { said: (string | undefined)[]; instead: string | undefined }[] = [];
    const client = make(async function* (messages, _signal, { instead }) {
      asked.push({
        said: messages.map(({ parts: [part] }) => (part?.type === 'text' ? part.text : '')),
        instead,
      });
      if (asked.length === 1) throw new Error('The line was cut.');
      yield { type: 'text-delta', partId: 't', text: 'Here it is' };
    });
    const conversation = client.conversations.create();
    await conversation.send('Where is it?');
    const failed = (await until(conversation, ended(3))).messages.at(-1)!.message;
    await conversation.do!('message.regenerate', { messageId: failed.id });
    const view = await until(conversation, ended(4));
    assert.equal(view.messages.at(-1)?.message.status, 'complete');
    assert.ok(view.messages.at(-2)?.message.supersededAt, 'the failed one is marked');
    assert.deepEqual(asked[1], { said: ['Hello in en', 'Where is it?'], instead: failed.id });
    await conversation.send('Thanks');
    await until(conversation, ended(6));
    assert.deepEqual(asked[2]?.said, ['Hello in en', 'Where is it?', 'Here it is', 'Thanks']);
    const greeting = view.messages.at(0)!.message;
    await assert.rejects(conversation.do!('message.regenerate', { messageId: greeting.id }), /no question/);
  });

  it('answers again when something was said meanwhile', async () => {
    const asked: number[] = [];
    const meanwhile = Promise.withResolvers<void>();
    const client = make(async function* (messages) {
      asked.push(messages.length);
      await meanwhile.promise;
      yield { type: 'text-delta', partId: 't', text: 'answer' };
    });
    const conversation = client.conversations.create();
    await conversation.send('one');
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await conversation.send('two');
    meanwhile.resolve();
    await until(conversation, ended(5));
    assert.equal(asked.length, 2);
  });
});
