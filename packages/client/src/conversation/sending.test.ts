import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SahayError } from '../index.ts';
import { allSent, deliveries, make, namespace, serve, texts } from '../testing/stage.ts';
import { until } from '../testing/until.ts';

describe('sending', () => {
  it('shows a message at once, and the real one in its place', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, namespace: namespace() }).conversations.create();
    assert.equal(conversation.getSnapshot().phase, 'new');
    const sent = await conversation.send('Hello');
    const pending = conversation.getSnapshot().messages.at(-1);
    assert.equal(pending?.key, sent.key);
    assert.equal(pending?.delivery, 'pending');
    const { messageId } = await sent.acknowledged;
    const view = await until(conversation, ({ messages }) => messages.at(-1)?.message.id === messageId);
    assert.deepEqual(
      [view.messages.length, view.messages.at(-1)?.key, view.messages.at(-1)?.delivery],
      [1, sent.key, 'sent'],
    );
    assert.equal(view.messages.indexOf(sent.key), 0);
    assert.deepEqual(server.texts(conversation.id), ['Hello']);
  });

  it('keeps the order of messages that were sent without waiting', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    const all = Array.from({ length: 100 }, (_none, index) => `message ${index}`);
    await Promise.all(all.map((text) => conversation.send(text)));
    const view = await until(conversation, allSent(100));
    assert.deepEqual(texts(view), all);
    assert.deepEqual(server.texts(conversation.id), all);
  });

  it('begins a conversation once, also when its start was given as a command', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const conversation = client.conversations.create();
    const begun = client.command('conversation.start', { locale: 'bn' }, conversation.id);
    const sent = await conversation.send('Hello');
    assert.deepEqual(await begun, { conversationId: conversation.id });
    await sent.acknowledged;
    await until(conversation, ({ conversation: held }) => held?.locale === 'bn');
    assert.equal(client.conversations.current(), conversation);
    assert.deepEqual(server.texts(conversation.id), ['Hello']);
  });

  it('refuses an empty message, and says so', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await assert.rejects(
      conversation.send('  \n'),
      (error) => error instanceof SahayError && error.code === 'message_empty',
    );
    assert.equal(conversation.getSnapshot().phase, 'new');
  });

  it('parks a refused message in sight, and the lane goes on', async () => {
    const server = await serve({ limits: { maxTextLength: 10 } });
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    const long = await conversation.send('much too long for this server');
    await conversation.send('short');
    await assert.rejects(
      long.acknowledged,
      (error) => error instanceof SahayError && error.code === 'message_too_long',
    );
    const view = await until(conversation, (one) => deliveries(one).includes('sent'));
    assert.deepEqual(server.texts(conversation.id), ['short']);
    const failed = view.messages.at(view.messages.indexOf(long.key));
    assert.equal(failed?.delivery, 'failed');
    assert.equal(failed?.problem?.code, 'message_too_long');
    await conversation.discard(long.key);
    assert.deepEqual(texts(conversation.getSnapshot()), ['short']);
  });

  it('retries a refused message under the same key', async () => {
    let refusals = 1;
    const server = await serve({
      intercept(frame, socket) {
        if (frame.type !== 'command' || frame.command.type !== 'message.send' || refusals-- <= 0)
          return false;
        const { outboxId, n, command } = frame;
        const lane = command.conversationId!;
        // The number is used up at the backend, as the protocol says of a permanent refusal.
        server.backend.execute(
          { id: 'visitor-1', role: 'visitor', tenantId: 'test' },
          { outboxId, n, command: { type: 'command.void', conversationId: lane, data: {} } },
        );
        const problem = {
          type: 'about:blank',
          title: 'No',
          status: 403,
          code: 'forbidden',
          retryable: false,
        };
        socket.send(JSON.stringify({ type: 'reject', outboxId, n, lane, problem }));
        return true;
      },
    });
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    const sent = await conversation.send('again');
    await assert.rejects(sent.acknowledged);
    await conversation.retry(sent.key);
    const view = await until(conversation, allSent(1));
    assert.equal(view.messages.at(0)?.key, sent.key);
    assert.deepEqual(server.texts(conversation.id), ['again']);
  });

  it('parks what is larger than a frame may be, and uses its number up', async () => {
    const server = await serve({ limits: { maxFrameBytes: 2_000 } });
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    const huge = await conversation.send('ব'.repeat(1_000));
    await conversation.send('after');
    await assert.rejects(
      huge.acknowledged,
      (error) => error instanceof SahayError && error.code === 'frame_too_large',
    );
    await until(conversation, (view) => deliveries(view).includes('sent'));
    assert.deepEqual(server.texts(conversation.id), ['after']);
    assert.deepEqual(deliveries(conversation.getSnapshot()).sort(), ['failed', 'sent']);
  });

  it('waits as long as the server asks when it is told to slow down', async () => {
    let slow = 1;
    const at: number[] = [];
    const server = await serve({
      intercept(frame, socket) {
        if (frame.type !== 'command' || frame.command.type !== 'message.send') return false;
        at.push(Date.now());
        if (slow-- <= 0) return false;
        const { outboxId, n, command } = frame;
        const problem = {
          type: 'about:blank',
          title: 'Slow',
          status: 429,
          code: 'rate_limited',
          retryable: true,
          retryAfterMs: 300,
        };
        socket.send(JSON.stringify({ type: 'reject', outboxId, n, lane: command.conversationId, problem }));
        return true;
      },
    });
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await conversation.send('one');
    await conversation.send('two');
    await until(conversation, allSent(2));
    assert.deepEqual(server.texts(conversation.id), ['one', 'two']);
    assert.ok(at.at(-1)! - at[0]! >= 290, `waited ${at.at(-1)! - at[0]!} ms`);
  });
});
