// Bugs that people reported of other support chats, each as a test that fails where the bug is.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientFrame } from '@sahay/protocol';
import type { WebSocket } from 'ws';
import type { Actor } from '@sahay/protocol/core';
import type { ClientEnvironment } from './environment.ts';
import { allSent, keep, make, namespace, serve, texts, vanish } from './testing/stage.ts';
import type { TestServer } from './testing/test-server.ts';
import { until } from './testing/until.ts';

const agent: Actor = { id: 'asha', role: 'agent', name: 'Asha', tenantId: 'test' };

/** What somebody else says in a conversation. */
function say(server: TestServer, conversationId: string, n: number, text: string): void {
  if (n === 1)
    server.backend.execute(agent, {
      outboxId: 'asha',
      n: 1,
      command: { type: 'assignment.accept', conversationId, data: {} },
    });
  const parts = [{ partId: 'p', type: 'text' as const, text }];
  const reply = server.backend.execute(agent, {
    outboxId: 'asha',
    n: n + 1,
    command: { type: 'message.send', conversationId, data: { clientMessageId: `a${n}`, parts } },
  });
  assert.equal(reply.type, 'ack', JSON.stringify(reply));
}

/** What was said, without notices of who came. */
const said = (all: string[]): string[] => all.filter((text) => !text.includes('notice'));

/** A line that can be cut without either side hearing of it, as when a phone sleeps. */
function silence(server: TestServer): () => void {
  let dead: WebSocket | undefined;
  server.options.intercept = (_frame, socket) => {
    dead ??= socket;
    return socket === dead;
  };
  return () => (server.options.intercept = undefined as never);
}

function sleeper(): { environment: ClientEnvironment; wake: () => void } {
  const wakers = new Set<(why: 'woken' | 'network_back') => void>();
  return {
    environment: {
      online: () => true,
      watch(wake) {
        wakers.add(wake);
        return () => wakers.delete(wake);
      },
    },
    wake: () => wakers.forEach((wake) => wake('woken')),
  };
}

describe('field bugs', () => {
  it('a reconnect that refetches a window too short for what was missed', async () => {
    const server = await serve({ window: 20 });
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await conversation.send('hello');
    await until(conversation, allSent(1));
    const port = await server.kill();
    for (let n = 1; n <= 60; n++) say(server, conversation.id, n, `missed ${n}`);
    keep(await server.restart(port));
    const missed = Array.from({ length: 60 }, (_none, index) => `missed ${index + 1}`);
    const view = await until(conversation, (one) => texts(one).at(-1) === 'missed 60');
    assert.deepEqual(
      texts(view).filter((text) => text.startsWith('missed')),
      missed,
    );
  });

  it('a reconnect that refetches a window: what stands before it is one page away, with no gap', async () => {
    const server = await serve({ window: 20 });
    const before = make({
      url: server.url,
      storage: 'memory',
      getToken: async () => server.tokenFor('maya'),
    });
    const conversation = before.conversations.create();
    await conversation.send('hello');
    await until(conversation, allSent(1));
    for (let n = 1; n <= 60; n++) say(server, conversation.id, n, `missed ${n}`);
    const after = make({ url: server.url, storage: 'memory', getToken: async () => server.tokenFor('maya') });
    await after.connect();
    const again = after.conversations.open(conversation.id);
    await until(again, ({ phase }) => phase === 'ready');
    while (again.getSnapshot().hasEarlier) await again.loadEarlier();
    assert.deepEqual(said(texts(again.getSnapshot())), said(server.texts(conversation.id)));
    assert.equal(said(texts(again.getSnapshot())).length, 61);
  });

  it('a phone that wakes to a dead socket', async () => {
    const server = await serve({ heartbeatMs: 300_000 });
    const { environment, wake } = sleeper();
    const client = make({ url: server.url, storage: 'memory', environment });
    const conversation = client.conversations.create();
    await conversation.send('before');
    await until(conversation, allSent(1));
    const heal = silence(server);
    await conversation.send('into the void');
    const from = performance.now();
    wake();
    await until(client.connection, ({ cause }) => cause === 'heartbeat_missed', 30_000);
    heal();
    await until(conversation, allSent(2), 30_000);
    assert.ok(performance.now() - from < 60_000, 'long before the heartbeat would have found it');
    assert.deepEqual(server.texts(conversation.id), ['before', 'into the void']);
  });

  it('catch-up that ran before the live subscription was confirmed', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    await conversation.send('hello');
    await until(conversation, allSent(1));
    let n = 0;
    const { intercept } = server.options;
    // Something is said between the question and its answer, and something right after it.
    server.options.intercept = (frame: ClientFrame) => {
      if (frame.type !== 'subscribe' || frame.stream !== `conversation:${conversation.id}:public`)
        return false;
      say(server, conversation.id, ++n, `while asking ${n}`);
      setImmediate(() => say(server, conversation.id, ++n, `right after ${n}`));
      return false;
    };
    for (let round = 0; round < 3; round++) {
      server.closeAll(1012);
      const expected = 1 + 2 * (round + 1);
      await until(conversation, (view) => said(texts(view)).length === expected);
    }
    server.options.intercept = intercept as never;
    assert.deepEqual(said(texts(conversation.getSnapshot())), said(server.texts(conversation.id)));
    assert.equal(n, 6);
  });

  it('duplicates after connect() called twice', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const conversation = client.conversations.create();
    const heard: string[] = [];
    client.on('message.created', ({ data }) => heard.push(data.message.id));
    const sends = ['one', 'two', 'three'].map((text) => conversation.send(text));
    await Promise.all([client.connect(), client.connect(), ...sends, client.connect()]);
    await client.connect();
    await until(conversation, allSent(3));
    say(server, conversation.id, 1, 'an answer');
    await until(conversation, (view) => said(texts(view)).length === 4);
    assert.equal(server.connections, 1);
    assert.deepEqual(heard, [...new Set(heard)]);
    assert.deepEqual(said(server.texts(conversation.id)), ['one', 'two', 'three', 'an answer']);
  });

  it('messages sent as 4, 2, 3, 1', async () => {
    const server = await serve();
    const client = make({ url: server.url, namespace: namespace() });
    const conversation = client.conversations.create();
    const words = Array.from({ length: 40 }, (_none, index) => String(index + 1));
    // Nobody waits for one before the next, and the line breaks in the middle.
    const sends = words.map((word) => conversation.send(word));
    setTimeout(() => server.closeAll(1012), 20);
    await Promise.all(sends);
    const view = await until(conversation, allSent(40), 15_000);
    assert.deepEqual(texts(view), words);
    assert.deepEqual(server.texts(conversation.id), words);
  });

  it('a chat ended by a remount, or by a second tab', async () => {
    const server = await serve();
    const ns = namespace();
    const first = make({ url: server.url, namespace: ns });
    const conversation = first.conversations.create();
    await conversation.send('hello');
    await until(conversation, allSent(1));
    // A view comes and goes, as React mounts twice; then a second tab opens and closes.
    for (let mount = 0; mount < 3; mount++) conversation.subscribe(() => undefined)();
    const second = make({ url: server.url, namespace: ns });
    await second.connect();
    assert.equal(second.conversations.current()?.id, conversation.id);
    await vanish(second);
    assert.equal(server.conversation(conversation.id)?.status, 'open');
    assert.equal(first.conversations.current()?.id, conversation.id);
    await (
      await conversation.send('still here')
    ).acknowledged;
    await vanish(first);
    const reloaded = make({ url: server.url, namespace: ns });
    await reloaded.ready;
    assert.equal(reloaded.conversations.current()?.id, conversation.id);
    assert.equal(server.conversation(conversation.id)?.status, 'open');
  });

  it('a session lost when the token expires', async () => {
    const server = await serve({ tokenLifeMs: 2_000 });
    const ns = namespace();
    const client = make({ url: server.url, namespace: ns });
    const conversation = client.conversations.create();
    await conversation.send('one');
    await until(conversation, allSent(1));
    const { participant } = client.user.getSnapshot();
    // Renewed in band: the open line goes on, with another token.
    for (let waited = 0; waited < 20_000; waited += 50) {
      if (server.received.some(({ type }) => type === 'token')) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.ok(server.received.some(({ type }) => type === 'token'));
    assert.equal(server.received.filter(({ type }) => type === 'hello').length, 1);
    await vanish(client);
    // And a page that comes back long after the token has run out is still the same visitor.
    server.revokeTokens();
    const later = make({ url: server.url, namespace: ns });
    await later.connect();
    assert.deepEqual(later.user.getSnapshot().participant, participant);
    const again = later.conversations.current()!;
    await (
      await again.send('two')
    ).acknowledged;
    assert.deepEqual(server.texts(conversation.id), ['one', 'two']);
  });

  it("the next user of the browser seeing the last one's chat", async () => {
    const server = await serve();
    const ns = namespace();
    const maya = make({ url: server.url, namespace: ns, getToken: async () => server.tokenFor('maya') });
    const conversation = maya.conversations.create();
    await conversation.send("Maya's secret");
    await until(conversation, allSent(1));
    await conversation.send('and one on its way');
    await vanish(maya);
    const zoe = make({ url: server.url, namespace: ns, getToken: async () => server.tokenFor('zoe') });
    const seen: string[] = [];
    const watch = () => {
      const current = zoe.conversations.current();
      if (current) seen.push(...texts(current.getSnapshot()));
    };
    zoe.user.subscribe(watch);
    zoe.connection.subscribe(watch);
    await zoe.connect();
    await (
      await zoe.conversations.create().send('Zoe here')
    ).acknowledged;
    assert.ok(!seen.some((text) => /Maya|on its way/.test(text)), seen.join());
    assert.ok(
      zoe.user.getSnapshot().conversations.every(({ conversationId }) => conversationId !== conversation.id),
    );
    assert.equal(server.conversation(conversation.id)?.visitor.id, 'maya');
  });

  it('a widget killed by a SecurityError from storage', async () => {
    const server = await serve();
    const names = ['indexedDB', 'localStorage', 'BroadcastChannel'] as const;
    const held = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
    for (const name of names)
      Object.defineProperty(globalThis, name, {
        configurable: true,
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    try {
      const client = make({ url: server.url });
      const conversation = client.conversations.create();
      const sent = await conversation.send('still works');
      assert.equal(
        conversation.getSnapshot().messages.at(-1)?.delivery,
        'unsaved',
        'and says that it is not saved',
      );
      assert.equal(client.connection.getSnapshot().durable, false);
      await sent.acknowledged;
      await until(conversation, allSent(1));
      await client.destroy();
    } finally {
      names.forEach((name, index) =>
        held[index]
          ? Object.defineProperty(globalThis, name, held[index])
          : delete (globalThis as never)[name],
      );
    }
  });
});
