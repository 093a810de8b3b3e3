import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CommandFrame } from '@sahay/protocol';
import { allSent, keep, make, namespace, serve, texts, vanish } from '../testing/stage.ts';
import type { TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';

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
      keep(server);
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

  it('shows a message that had arrived long before its acknowledgement where it stands, not at the end', async () => {
    let swallow = true;
    const server: TestServer = await serve({
      window: 10,
      intercept(frame, socket) {
        if (frame.type !== 'command' || frame.command.type !== 'message.send' || !swallow) return false;
        swallow = false;
        server.backend.execute({ id: 'maya', role: 'visitor', tenantId: 'test' }, frame);
        socket.terminate();
        return true;
      },
    });
    const getToken = async () => server.tokenFor('maya');
    const options = { url: server.url, namespace: namespace(), getToken };
    const first = make(options);
    await first.connect();
    const { id } = first.conversations.create();
    const gone = until(first.connection, ({ state }) => state === 'waiting');
    await first.conversations.open(id).send('first');
    await gone;
    await vanish(first);
    const elsewhere = make({ url: server.url, storage: 'memory', getToken });
    await elsewhere.connect();
    const there = elsewhere.conversations.open(id);
    await until(there, ({ phase }) => phase === 'ready');
    for (let index = 0; index < 15; index++) await (await there.send(`m${index}`)).acknowledged;
    const again = make(options);
    await again.connect();
    const view = await until(
      again.conversations.open(id),
      (one) => one.phase === 'ready' && texts(one).at(-1) === 'm14' && !texts(one).includes('first'),
    );
    assert.equal(view.messages.length, 10);
    assert.deepEqual(server.texts(id).slice(0, 2), ['first', 'm0']);
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
    let holes = 2;
    server.options.intercept = (frame, socket) => {
      if (frame.type !== 'command' || holes === 0) return false;
      holes--;
      const problem = {
        type: 'about:blank',
        title: 'Hole',
        status: 409,
        code: 'out_of_order',
        retryable: true,
        expected: 1,
      };
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
