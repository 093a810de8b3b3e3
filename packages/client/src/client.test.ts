import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSupportClient, MemoryStorage, SahayError, type SupportClient } from './index.ts';
import { TestServer } from './testing/test-server.ts';
import { until } from './testing/until.ts';
import type { ConversationView } from './conversation-handle.ts';

const texts = ({ messages }: ConversationView): string[] =>
  [...messages].map(({ message }) =>
    message.parts.map((part) => (part.type === 'text' ? part.text : part.type)).join(''),
  );

describe('a client and a server', () => {
  let server: TestServer;
  const clients: SupportClient[] = [];
  const client = (options: Partial<Parameters<typeof createSupportClient>[0]> = {}): SupportClient => {
    const one = createSupportClient({ url: server.url, storage: 'memory', ...options });
    clients.push(one);
    return one;
  };

  before(async () => {
    server = await TestServer.start();
  });
  after(async () => {
    await Promise.all(clients.map((one) => one.destroy()));
    await server.kill();
  });

  it('sends a message, which is acknowledged and becomes the real one in place', async () => {
    const conversation = client().conversations.create();
    assert.equal(conversation.getSnapshot().phase, 'new');
    const sent = await conversation.send('Hello');
    const pending = conversation.getSnapshot().messages.at(-1);
    assert.equal(pending?.key, sent.key);
    assert.equal(pending?.delivery, 'unsaved');
    const { messageId } = await sent.acknowledged;
    const view = await until(conversation, ({ messages }) => messages.at(-1)?.message.id === messageId);
    assert.equal(view.messages.length, 1);
    assert.equal(view.messages.at(-1)?.key, sent.key);
    assert.equal(view.messages.at(-1)?.delivery, 'sent');
    assert.deepEqual(server.texts(conversation.id), ['Hello']);
  });
});
