import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientFrame } from '@sahay/protocol';
import { conversationStream } from '@sahay/protocol';
import { allSent, deliveries, make, serve, texts } from '../testing/stage.ts';
import type { TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';

describe('reading', () => {
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

  it('searches and loads earlier messages a page at a time', async () => {
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
    const page = await conversation.search!('m1');
    const rest = await conversation.search!('m1', page.earlier);
    assert.deepEqual([page.matches.length, page.earlier !== undefined], [0, true], 'none among m30 to m59');
    assert.equal(rest.matches.length, 11, 'm1, and m10 to m19, of what is not held');
    assert.equal(rest.earlier, undefined);
    assert.equal(conversation.getSnapshot().messages.length, 10, 'nothing was fetched for it');
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

  it('lets go of a conversation that nobody looks at any more, and begins anew when it is opened again', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const conversation = client.conversations.create();
    const { id } = conversation;
    const left = (): number =>
      server.received.filter(
        (frame) => frame.type === 'unsubscribe' && frame.stream === conversationStream(id, 'public'),
      ).length;
    await (
      await conversation.send('one')
    ).acknowledged;
    await until(conversation, allSent(1));
    const stop = conversation.subscribe(() => undefined);
    await conversation.release!();
    await (
      await conversation.send('two')
    ).acknowledged;
    await until(conversation, allSent(2));
    assert.equal(left(), 0, 'somebody looks at it');
    stop();
    await conversation.release!();
    botSays(server, id, 1, 'while nobody looks');
    const again = client.conversations.open(id);
    assert.notEqual(again, conversation);
    const read = await until(again, ({ messages }) => messages.length === 3);
    assert.deepEqual(texts(read), ['one', 'two', 'while nobody looks']);
    assert.equal(left(), 1);
    assert.deepEqual(texts(conversation.getSnapshot()), ['one', 'two'], 'what it knew last');
    await (
      await conversation.send('three')
    ).acknowledged;
    await until(again, ({ messages }) => messages.length === 4);
  });

  it('shows a conversation that was asked for before the first message of another page began it', async () => {
    const server = await serve();
    const page = () =>
      make({ url: server.url, storage: 'memory', getToken: async () => server.tokenFor('visitor-1') });
    const writes = page().conversations.create();
    const reader = page();
    await reader.connect();
    await reader.welcome();
    const reads = reader.conversations.open(writes.id);
    await until(reads, ({ phase }) => phase === 'failed');
    await writes.send('one');
    const { phase, problem } = await until(reads, ({ messages }) => messages.length === 1);
    assert.deepEqual([phase, problem], ['ready', undefined]);
  });

  it('lets go of a conversation also after the client has ended', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const conversation = client.conversations.create();
    await conversation.send('one');
    await until(conversation, allSent(1));
    await client.destroy();
    await conversation.release!();
  });
});
