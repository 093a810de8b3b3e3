import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import type { ClientFrame, CommandFrame } from '@sahay/protocol';
import { conversationStream } from '@sahay/protocol';
import type { ConversationView } from './conversation-handle.ts';
import { createSupportClient, SahayError, type SupportClient, type SupportClientOptions } from './index.ts';
import { TestServer, type TestServerOptions } from './testing/test-server.ts';
import { until } from './testing/until.ts';

const texts = ({ messages }: ConversationView): string[] =>
  [...messages].map(({ message }) =>
    message.parts.map((part) => (part.type === 'text' ? part.text : part.type)).join(''),
  );
const deliveries = ({ messages }: ConversationView): string[] =>
  [...messages].map(({ delivery }) => delivery);
const allSent = (count: number) => (view: ConversationView) =>
  view.phase === 'ready' &&
  view.messages.length === count &&
  deliveries(view).every((delivery) => delivery === 'sent');

let counter = 0;
const clients: SupportClient[] = [];
const servers: TestServer[] = [];

async function serve(options?: TestServerOptions): Promise<TestServer> {
  const server = await TestServer.start(options);
  servers.push(server);
  return server;
}

function make(options: SupportClientOptions): SupportClient {
  const client = createSupportClient({ random: () => 0.05, ...options });
  clients.push(client);
  return client;
}

/** A client whose page dies: nothing more leaves it, what is stored stays. */
const vanish = (client: SupportClient): Promise<void> => client.destroy();
const namespace = (): string => `test-${++counter}`;

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.destroy()));
  await Promise.all(servers.splice(0).map((server) => server.kill().catch(() => 0)));
});

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

describe('what goes wrong on the way', () => {
  it('delivers once and in order when the server is killed in the middle', async () => {
    let server = await serve();
    const conversation = make({ url: server.url, namespace: namespace() }).conversations.create();
    const sent: string[] = [];
    for (let round = 0; round < 5; round++) {
      for (let index = 0; index < 10; index++) {
        sent.push(`${round}.${index}`);
        await conversation.send(sent.at(-1)!);
      }
      const port = await server.kill();
      server = await server.restart(port);
      servers.push(server);
    }
    const view = await until(conversation, allSent(50));
    assert.deepEqual(server.texts(conversation.id), sent);
    assert.deepEqual(texts(view), sent);
  });

  it('does not double what was done when its acknowledgement was lost', async () => {
    let swallow = true;
    const server: TestServer = await serve({
      intercept(frame, socket) {
        if (frame.type !== 'command' || frame.command.type !== 'message.send' || !swallow) return false;
        swallow = false;
        server.backend.execute({ id: 'visitor-1', role: 'visitor', tenantId: 'test' }, frame);
        socket.terminate();
        return true;
      },
    });
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await conversation.send('once');
    await until(conversation, allSent(1));
    assert.deepEqual(server.texts(conversation.id), ['once']);
  });

  it('sends again from the number that the server expects', async () => {
    let lose = true;
    const server = await serve({
      intercept(frame) {
        if (frame.type !== 'command' || frame.n !== 2 || !lose) return false;
        lose = false;
        return true;
      },
    });
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    for (const text of ['one', 'two', 'three']) await conversation.send(text);
    // The lost one is only known to be lost once the line breaks: until then it may still be answered.
    await until(conversation, ({ messages }) => messages.length === 3);
    setTimeout(() => server.closeAll(1012), 50);
    await until(conversation, allSent(3));
    assert.deepEqual(server.texts(conversation.id), ['one', 'two', 'three']);
  });

  it('mints another outbox when its numbers belong to other commands', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const conversation = client.conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    const { outboxId } = server.received.find((frame): frame is CommandFrame => frame.type === 'command')!;
    const actor = { id: 'visitor-1', role: 'visitor', tenantId: 'test' } as const;
    // As after a restored browser profile: somebody used the next two numbers already.
    for (const n of [3, 4])
      server.backend.execute(actor, {
        outboxId,
        n,
        command: { type: 'command.void', conversationId: conversation.id, data: {} },
      });
    const last = await Promise.all(['two', 'three', 'four'].map((text) => conversation.send(text)));
    await Promise.all(last.map(({ acknowledged }) => acknowledged));
    const ids = new Set(
      server.received
        .filter((frame): frame is CommandFrame => frame.type === 'command')
        .map((frame) => frame.outboxId),
    );
    assert.equal(ids.size, 2);
    assert.deepEqual(server.texts(conversation.id).sort(), ['four', 'one', 'three', 'two']);
  });

  it('mints another outbox when the server has lost what was done (a restored backup)', async () => {
    const server = await serve();
    const ns = namespace();
    const first = make({ url: server.url, namespace: ns });
    const conversation = first.conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    await vanish(first);
    let expected: number | undefined = 1;
    server.options.intercept = (frame, socket) => {
      if (frame.type !== 'command' || expected === undefined) return false;
      const problem = {
        type: 'about:blank',
        title: 'Hole',
        status: 409,
        code: 'out_of_order',
        retryable: true,
        expected,
      };
      expected = undefined;
      socket.send(
        JSON.stringify({
          type: 'reject',
          outboxId: frame.outboxId,
          n: frame.n,
          lane: frame.command.conversationId,
          problem,
        }),
      );
      return true;
    };
    const second = make({ url: server.url, namespace: ns });
    await second.ready;
    await (
      await second.conversations.current()!.send('two')
    ).acknowledged;
    const frames = server.received.filter((frame): frame is CommandFrame => frame.type === 'command');
    assert.notEqual(frames.at(-1)?.outboxId, frames[0]?.outboxId);
    assert.equal(frames.at(-1)?.n, 1);
    assert.deepEqual(server.texts(conversation.id), ['one', 'two']);
  });

  it('goes round a frame that does not follow the protocol', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const problems: string[] = [];
    client.on('problem', ({ code }) => problems.push(code));
    const conversation = client.conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    for (const raw of [
      '{',
      '[]',
      '{"type":"event","event":{"id":5}}',
      '{"type":"nonsense"}',
      '{"type":"ack"}',
      'null',
    ])
      server.sayRaw(raw);
    await (
      await conversation.send('two')
    ).acknowledged;
    await until(conversation, allSent(2));
    assert.equal(problems.filter((code) => code === 'invalid_frame').length, 6);
  });

  it('connects once, however often it is told to', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    await Promise.all([client.connect(), client.connect(), client.connect()]);
    await client.connect();
    assert.equal(server.connections, 1);
    assert.equal(server.received.filter(({ type }) => type === 'hello').length, 1);
  });
});

describe('reading', () => {
  const visitor = { id: 'visitor-1', role: 'visitor', tenantId: 'test' } as const;
  const botSays = (server: TestServer, conversationId: string, n: number, text: string): void => {
    const reply = server.backend.execute(
      { id: 'bot', role: 'bot', tenantId: 'test' },
      {
        outboxId: 'bot-box',
        n,
        command: {
          type: 'message.send',
          conversationId,
          data: { clientMessageId: `b${n}`, parts: [{ partId: 'p', type: 'text', text }] },
        },
      },
    );
    assert.equal(reply.type, 'ack', JSON.stringify(reply));
  };
  const subscriptions = (server: TestServer, id: string): ClientFrame[] =>
    server.received.filter(
      (frame) => frame.type === 'subscribe' && frame.stream === conversationStream(id, 'public'),
    );

  it('resumes from its cursor, and by a snapshot when the log is another one', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    await until(conversation, allSent(1));
    server.closeAll(1012);
    botSays(server, conversation.id, 1, 'while away');
    await until(conversation, ({ messages }) => messages.length === 2);
    const [first, second] = subscriptions(server, conversation.id);
    assert.ok(first?.type === 'subscribe' && !first.cursor);
    assert.ok(second?.type === 'subscribe' && second.cursor && second.cursor.seq > 0);
    server.backend.rotateEpoch(conversationStream(conversation.id, 'public'));
    server.closeAll(1012);
    await until(conversation, () => subscriptions(server, conversation.id).length === 3, 5_000).catch(
      () => undefined,
    );
    botSays(server, conversation.id, 2, 'after');
    const view = await until(conversation, ({ messages }) => messages.length === 3);
    assert.deepEqual(texts(view), ['one', 'while away', 'after']);
  });

  it('asks for what it lacks when an event is missing', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    await until(conversation, allSent(1));
    const stream = conversationStream(conversation.id, 'public');
    const { events } = server.backend.read(stream, {
      stream,
      epoch: server.backend.read(stream).subscribed.epoch,
      seq: 0,
    });
    const ahead = { ...events.at(-1)!, seq: events.length + 3, id: 'e_ahead' };
    server.sayRaw(JSON.stringify({ type: 'event', event: ahead }));
    botSays(server, conversation.id, 1, 'two');
    const view = await until(conversation, ({ messages }) => messages.length === 2);
    assert.deepEqual(texts(view), ['one', 'two']);
    await until(conversation, () => subscriptions(server, conversation.id).length === 2);
  });

  it('ignores events and parts it does not know, and goes on after them', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    await until(conversation, allSent(1));
    server.backend.append([
      {
        type: 'x.unheard_of' as 'data.exported',
        target: { kind: 'conversation', id: conversation.id, audience: 'public' },
        data: { exportId: 'x' },
      },
    ]);
    const reply = server.backend.execute(
      { id: 'bot', role: 'bot', tenantId: 'test' },
      {
        outboxId: 'bot-box',
        n: 1,
        command: {
          type: 'message.send',
          conversationId: conversation.id,
          data: {
            clientMessageId: 'b1',
            parts: [{ partId: 'p', type: 'x-hologram', fallbackText: 'A hologram' }],
          },
        },
      },
    );
    assert.equal(reply.type, 'ack');
    const view = await until(conversation, ({ messages }) => messages.length === 2);
    const [part] = view.messages.at(-1)!.message.parts;
    assert.equal(part?.type, 'x-hologram');
    assert.equal(part?.fallbackText, 'A hologram');
    assert.equal(subscriptions(server, conversation.id).length, 1);
  });

  it('puts a streaming answer together, whatever order its pieces come in', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    await until(conversation, allSent(1));
    const conversationId = conversation.id;
    const bot = { id: 'bot', role: 'bot', tenantId: 'test' } as const;
    const reply = server.backend.execute(bot, {
      outboxId: 'bot-box',
      n: 1,
      command: {
        type: 'message.send',
        conversationId,
        data: { clientMessageId: 'b1', parts: [], status: 'streaming' },
      },
    });
    const messageId = reply.type === 'ack' ? reply.result.messageId! : '';
    const delta = (index: number, text: string) =>
      server.signal({ type: 'message.delta', data: { conversationId, messageId, partId: 't', index, text } });
    const shown = (text: string) =>
      until(
        conversation,
        (view) => view.messages.at(-1)?.message.id === messageId && texts(view).at(-1) === text,
      );
    delta(0, 'Hel');
    delta(1, 'lo \ud83d');
    await shown('Hello ');
    delta(2, '\ude00');
    await shown('Hello 😀');
    delta(2, '\ude00');
    delta(4, ' late');
    delta(3, ' early');
    await shown('Hello 😀 early late');
    // A durable copy that is behind what was heard takes nothing back; one that is ahead fills a gap.
    const checkpoint = (n: number, text: string, next: number) =>
      server.backend.execute(bot, {
        outboxId: 'bot-box',
        n,
        command: {
          type: 'message.checkpoint',
          conversationId,
          data: { messageId, parts: [{ partId: 't', type: 'text', text }], nextIndexes: { t: next } },
        },
      });
    checkpoint(2, 'Hello', 1);
    delta(5, '!');
    await shown('Hello 😀 early late!');
    delta(8, '?');
    checkpoint(3, 'Hello 😀 early late! And', 8);
    await shown('Hello 😀 early late! And?');
    server.backend.execute(bot, {
      outboxId: 'bot-box',
      n: 4,
      command: {
        type: 'message.complete',
        conversationId,
        data: { messageId, parts: [{ partId: 't', type: 'text', text: 'The whole.' }] },
      },
    });
    const view = await shown('The whole.');
    assert.equal(view.messages.at(-1)?.message.status, 'complete');
  });

  it('counts what is unread, and shows others what was read', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const conversation = client.conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    botSays(server, conversation.id, 1, 'two');
    botSays(server, conversation.id, 2, 'three');
    await until(conversation, ({ unreadCount }) => unreadCount === 2);
    conversation.markRead();
    assert.equal(conversation.getSnapshot().unreadCount, 0);
    const agent = make({
      url: server.url,
      role: 'agent',
      storage: 'memory',
      getToken: async () => server.tokenFor('ann', 'agent'),
    });
    await agent.connect();
    const seen = agent.conversations.open(conversation.id, { audience: 'staff' });
    await until(seen, ({ conversation: state }) => state?.receipts['visitor-1']?.read !== undefined);
    await seen.accept();
    await (
      await seen.send('from Ann')
    ).acknowledged;
    const ann = await until(conversation, (view) => texts(view).includes('from Ann'));
    assert.equal(ann.messages.at(-1)?.own, false);
    seen.markRead();
    await until(conversation, (view) => deliveries(view)[0] === 'read');
    conversation.markRead();
    await until(seen, (view) => view.messages.at(-1)?.delivery === 'read');
    assert.equal(agent.inbox.getSnapshot().entries[0]?.conversationId, conversation.id);
  });

  it('keeps notes from the visitor', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    const agent = make({
      url: server.url,
      role: 'agent',
      storage: 'memory',
      getToken: async () => server.tokenFor('ann', 'agent'),
    });
    await agent.connect();
    const seen = agent.conversations.open(conversation.id, { audience: 'staff' });
    await seen.addNote('a secret');
    await until(seen, ({ staff }) => staff?.notes[0]?.text === 'a secret');
    assert.equal(conversation.getSnapshot().staff, undefined);
    assert.ok(!JSON.stringify([...conversation.getSnapshot().messages]).includes('a secret'));
  });

  it('forgets who was typing', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    await until(conversation, allSent(1));
    server.signal({
      type: 'typing',
      data: { conversationId: conversation.id, participantId: 'bot', active: true, expiresInMs: 60 },
    });
    const view = await until(conversation, ({ typing }) => typing.length === 1);
    assert.equal(view.typing[0]?.name, 'Test bot');
    await until(conversation, ({ typing }) => typing.length === 0);
  });

  it('loads earlier messages a page at a time', async () => {
    const server = await serve({ window: 10 });
    const writer = make({
      url: server.url,
      storage: 'memory',
      getToken: async () => server.tokenFor('visitor-1'),
    });
    const written = writer.conversations.create();
    await Promise.all(Array.from({ length: 70 }, (_none, index) => written.send(`m${index}`)));
    await until(written, allSent(70), 10_000);
    const reader = make({
      url: server.url,
      storage: 'memory',
      getToken: async () => server.tokenFor('visitor-1'),
    });
    await reader.connect();
    const conversation = reader.conversations.open(written.id);
    const view = await until(conversation, ({ phase }) => phase === 'ready');
    assert.deepEqual([view.messages.length, view.hasEarlier], [10, true]);
    const last = view.messages.at(-1);
    await conversation.loadEarlier();
    assert.equal(conversation.getSnapshot().messages.length, 60);
    assert.equal(conversation.getSnapshot().messages.at(-1), last);
    await conversation.loadEarlier();
    assert.deepEqual(texts(conversation.getSnapshot()), server.texts(written.id));
    assert.equal(conversation.getSnapshot().hasEarlier, false);
    assert.equal(conversation.getSnapshot().messages.indexOf(last!.key), 69);
    assert.equal(view.messages.indexOf(last!.key), 9, 'a snapshot from before keeps its own places');
  });

  it("says that another visitor's conversation is not there", async () => {
    const server = await serve();
    const mine = make({ url: server.url, storage: 'memory' }).conversations.create();
    await (
      await mine.send('private')
    ).acknowledged;
    const other = make({ url: server.url, storage: 'memory' });
    await other.connect();
    const view = await until(other.conversations.open(mine.id), ({ phase }) => phase === 'failed');
    assert.equal(view.problem?.code, 'not_found');
    assert.equal(view.messages.length, 0);
  });
  void visitor;
});

describe('what stays in the browser', () => {
  it('writes nothing before the first message', async () => {
    const server = await serve();
    const ns = namespace();
    const client = make({ url: server.url, namespace: ns });
    await client.ready;
    client.conversations.create();
    assert.equal(client.conversations.current(), undefined);
    await client.welcome('bn');
    const databases = await indexedDB.databases();
    assert.ok(!databases.some(({ name }) => name?.includes(ns)), JSON.stringify(databases));
    assert.equal(server.received.length, 0);
  });

  it('shows pending messages again after a reload, and delivers them once', async () => {
    const server = await serve();
    const ns = namespace();
    const port = await server.kill();
    const before = make({ url: `http://127.0.0.1:${port}`, namespace: ns });
    const conversation = before.conversations.create();
    await conversation.send('one');
    await conversation.send('two');
    await vanish(before);
    const after = make({ url: `http://127.0.0.1:${port}`, namespace: ns });
    await after.ready;
    const restored = after.conversations.current();
    assert.equal(restored?.id, conversation.id);
    assert.deepEqual(texts(restored.getSnapshot()), ['one', 'two']);
    assert.deepEqual(deliveries(restored.getSnapshot()), ['pending', 'pending']);
    const again = await server.restart(port);
    servers.push(again);
    await restored.send('three');
    await until(restored, allSent(3));
    assert.deepEqual(again.texts(conversation.id), ['one', 'two', 'three']);
  });

  it('comes back to the same conversation as the same visitor', async () => {
    const server = await serve();
    const ns = namespace();
    const before = make({ url: server.url, namespace: ns });
    await (
      await before.conversations.create().send('one')
    ).acknowledged;
    const { participant } = before.user.getSnapshot();
    await vanish(before);
    const after = make({ url: server.url, namespace: ns });
    await after.ready;
    const conversation = after.conversations.current()!;
    await until(conversation, ({ phase }) => phase === 'ready');
    assert.deepEqual(texts(conversation.getSnapshot()), ['one']);
    assert.deepEqual(after.user.getSnapshot().participant, participant);
    await conversation.close();
    await until(after.user, ({ currentConversationId }) => currentConversationId === undefined);
    assert.equal(after.conversations.current(), undefined);
  });

  it('lets two tabs send at once without using a number twice', async () => {
    const server = await serve();
    const ns = namespace();
    const one = make({ url: server.url, namespace: ns });
    const first = one.conversations.create();
    await (
      await first.send('hello')
    ).acknowledged;
    const two = make({ url: server.url, namespace: ns });
    await two.ready;
    const second = two.conversations.current()!;
    await Promise.all(
      Array.from({ length: 20 }, (_none, index) =>
        Promise.all([first.send(`a${index}`), second.send(`b${index}`)]),
      ),
    );
    const [left, right] = await Promise.all([
      until(first, allSent(41), 10_000),
      until(second, allSent(41), 10_000),
    ]);
    const stored = server.texts(first.id);
    assert.deepEqual(texts(left), stored);
    assert.deepEqual(texts(right), stored);
    assert.equal(new Set(stored).size, 41);
    for (const tab of ['a', 'b'])
      assert.deepEqual(
        stored.filter((text) => text.startsWith(tab)),
        Array.from({ length: 20 }, (_none, index) => `${tab}${index}`),
      );
    const bodies = new Map<string, string>();
    for (const frame of server.received)
      if (frame.type === 'command') {
        const key = `${frame.outboxId}/${frame.n}`;
        assert.equal(bodies.get(key) ?? JSON.stringify(frame.command), JSON.stringify(frame.command), key);
        bodies.set(key, JSON.stringify(frame.command));
      }
  });

  it('shows in one tab what another one put, and that it was settled', async () => {
    const server = await serve();
    const ns = namespace();
    const port = await server.kill();
    const options = { url: `http://127.0.0.1:${port}`, namespace: ns };
    const one = make(options);
    const first = one.conversations.create();
    await first.send('from the first tab');
    const two = make(options);
    await two.ready;
    const second = two.conversations.current()!;
    assert.deepEqual(deliveries(second.getSnapshot()), ['pending']);
    await first.send('and another');
    await until(second, ({ messages }) => messages.length === 2);
    servers.push(await server.restart(port));
    await Promise.all([until(first, allSent(2)), until(second, allSent(2))]);
  });

  it('falls back to memory where storage throws, and says so', async () => {
    const server = await serve();
    const refuse = () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
    const client = make({
      url: server.url,
      storage: {
        durable: true,
        read: refuse,
        write: refuse,
        clear: refuse,
        watch: () => () => undefined,
        close: () => undefined,
      },
    });
    const conversation = client.conversations.create();
    const sent = await conversation.send('still here');
    assert.equal(conversation.getSnapshot().messages.at(-1)?.delivery, 'unsaved');
    assert.equal(conversation.getSnapshot().durable, false);
    await sent.acknowledged;
    await until(conversation, allSent(1));
    assert.equal(client.connection.getSnapshot().durable, false);
  });

  it('leaves nothing behind after a logout', async () => {
    const server = await serve();
    const ns = namespace();
    const client = make({ url: server.url, namespace: ns });
    const conversation = client.conversations.create();
    await conversation.send('one');
    await client.logout({ pending: 'flush' });
    assert.deepEqual(server.texts(conversation.id), ['one']);
    assert.equal(conversation.getSnapshot().messages.length, 0);
    assert.equal(client.conversations.current(), undefined);
    assert.equal(client.connection.getSnapshot().cause, 'logged_out');
    const databases = await indexedDB.databases();
    assert.ok(!databases.some(({ name }) => name?.includes(ns)));
    await (
      await client.conversations.create().send('somebody else')
    ).acknowledged;
    assert.notEqual(client.user.getSnapshot().participant?.id, 'visitor-1');
  });
});

describe('who is there', () => {
  it('asks once for a token that many need, and again when it is refused', async () => {
    const server = await serve();
    const reasons: string[] = [];
    const client = make({
      url: server.url,
      storage: 'memory',
      getToken: async ({ reason }) => {
        reasons.push(reason);
        await new Promise((resolve) => setTimeout(resolve, 20));
        return server.tokenFor('maya');
      },
    });
    await Promise.all([
      client.connect(),
      client.fetch('/v1/conversations/x/messages?before=0'),
      client.fetch('/v1/conversations/x/messages?before=0'),
    ]);
    assert.deepEqual(reasons, ['first']);
    server.revokeTokens();
    await Promise.all([1, 2, 3].map(() => client.fetch('/v1/conversations/x/messages?before=0')));
    assert.deepEqual(reasons, ['first', 'refused']);
    server.revokeTokens();
    server.closeAll(4401);
    await until(client.connection, ({ state }) => state !== 'online');
    await until(client.connection, ({ state }) => state === 'online');
    assert.deepEqual(reasons, ['first', 'refused', 'refused']);
  });

  it('shows nothing of the last one when another one signs in', async () => {
    const server = await serve();
    const ns = namespace();
    let who = 'maya';
    const options = { url: server.url, namespace: ns, getToken: async () => server.tokenFor(who) };
    const client = make(options);
    const conversation = client.conversations.create();
    await (
      await conversation.send("Maya's secret")
    ).acknowledged;
    await until(conversation, allSent(1));
    who = 'zoe';
    server.revokeTokens();
    server.closeAll(4401);
    await until(client.user, ({ participant }) => participant?.id === 'zoe');
    assert.equal(conversation.getSnapshot().messages.length, 0);
    assert.equal(conversation.getSnapshot().phase, 'failed');
    assert.equal(client.conversations.current(), undefined);
    await until(client.connection, ({ cause }) => cause === 'subject_changed');
    const fresh = client.conversations.create();
    await (
      await fresh.send('Zoe here')
    ).acknowledged;
    assert.deepEqual(server.conversation(fresh.id)?.visitor.id, 'zoe');
  });

  it("shows nothing stored before a host's token says whose it is", async () => {
    const server = await serve();
    const ns = namespace();
    const port = await server.kill();
    const url = `http://127.0.0.1:${port}`;
    const maya = make({ url, namespace: ns, getToken: async () => server.tokenFor('maya') });
    await maya.conversations.create().send("Maya's secret");
    await vanish(maya);
    const zoe = make({ url, namespace: ns, getToken: async () => server.tokenFor('zoe') });
    await zoe.ready;
    assert.equal(zoe.conversations.current(), undefined);
    const again = await server.restart(port);
    servers.push(again);
    await zoe.connect();
    await (
      await zoe.conversations.create().send('Zoe here')
    ).acknowledged;
    const said = again.received
      .filter((frame) => frame.type === 'command')
      .map((frame) => JSON.stringify(frame));
    assert.ok(!said.some((frame) => frame.includes('secret')));
  });

  it('begins a new session when the server has forgotten the old one', async () => {
    const server = await serve();
    const ns = namespace();
    const before = make({ url: server.url, namespace: ns });
    await (
      await before.conversations.create().send('one')
    ).acknowledged;
    await vanish(before);
    server.revokeTokens();
    server.revokeSecrets();
    const after = make({ url: server.url, namespace: ns });
    await after.connect();
    assert.notEqual(after.user.getSnapshot().participant?.id, 'visitor-1');
    await (
      await after.conversations.create().send('two')
    ).acknowledged;
  });
});

describe('files', () => {
  it('announces, puts and completes a file before it is sent', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    const shares: number[] = [];
    const file = new Blob(['some text'], { type: 'text/plain' });
    const sent = await conversation.sendFile(file, {
      name: 'note.txt',
      onProgress: (share) => shares.push(share),
    });
    await sent.acknowledged;
    const view = await until(conversation, allSent(1));
    const [part] = view.messages.at(-1)!.message.parts;
    assert.ok(part?.type === 'file' && part.name === 'note.txt' && part.size === 9);
    assert.equal(server.files.get(String(part.attachmentId))?.toString(), 'some text');
    assert.equal(shares.at(-1), 1);
    const url = await conversation.attachmentUrl(String(part.attachmentId));
    assert.ok(url.startsWith(`${server.url}/v1/attachments/`), url);
    assert.equal(await conversation.attachmentUrl(String(part.attachmentId)), url, 'kept until it ends');
  });

  it('says why a file is not accepted', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    const file = new Blob(['x'], { type: 'application/x-msdownload' });
    await assert.rejects(
      conversation.upload(file, { name: 'setup.exe' }),
      (error) => error instanceof SahayError && error.code === 'attachment_type_refused',
    );
    const stop = new AbortController();
    stop.abort(new Error('no more'));
    await assert.rejects(
      conversation.upload(new Blob(['x'], { type: 'text/plain' }), { name: 'a.txt', signal: stop.signal }),
      (error) => error instanceof SahayError && error.code === 'cancelled',
    );
  });
});

describe('an end', () => {
  it('refuses to go on after destroy, with an error of its own', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const conversation = client.conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    await client.destroy();
    await client.destroy();
    await assert.rejects(
      conversation.send('two'),
      (error) => error instanceof SahayError && error.code === 'destroyed',
    );
    await assert.rejects(
      client.connect(),
      (error) => error instanceof SahayError && error.code === 'destroyed',
    );
  });

  it('says what is missing when neither a url nor a connector is given', () => {
    assert.throws(
      () => createSupportClient({}),
      (error) => error instanceof SahayError && /either/.test(error.message),
    );
    assert.throws(() => createSupportClient({ url: 'not an address' }), SahayError);
    assert.throws(() => createSupportClient({ url: 'http://localhost', role: 'agent' }), SahayError);
  });

  after(() => assert.equal(servers.length, 0));
});
