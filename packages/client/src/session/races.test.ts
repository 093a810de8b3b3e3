// Two tabs, one storage: what one of them does in the moment before it has heard what the other one did.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WebSocket } from 'ws';
import { SahayError } from '../sahay-error.ts';
import { allSent, deliveries, keep, make, namespace, serve, texts } from '../testing/stage.ts';
import { SharedStorage } from '../testing/shared-storage.ts';
import { until } from '../testing/until.ts';

const isCancelled = (error: unknown): boolean => error instanceof SahayError && error.code === 'cancelled';

describe('a tab that has not heard yet', () => {
  it('that somebody else has signed in puts nothing into her storage', async () => {
    const server = await serve();
    const browser = new SharedStorage();
    const [mayas, zoes] = [browser.open(), browser.open()];
    const maya = make({ url: server.url, storage: mayas, getToken: async () => server.tokenFor('maya') });
    const conversation = maya.conversations.create();
    await (
      await conversation.send('Maya here')
    ).acknowledged;
    mayas.hears = false;
    const zoe = make({ url: server.url, storage: zoes, getToken: async () => server.tokenFor('zoe') });
    await zoe.connect();
    await assert.rejects(conversation.send("Maya's secret"), isCancelled);
    await (
      await zoe.conversations.create().send('Zoe here')
    ).acknowledged;
    assert.ok(!(await browser.contents()).includes('secret'));
    assert.ok(!JSON.stringify(server.received).includes('secret'));
  });

  it('that somebody else has signed in sends nothing of what she writes', async () => {
    const server = await serve();
    const browser = new SharedStorage();
    const [mayas, zoes] = [browser.open(), browser.open()];
    const maya = make({ url: server.url, storage: mayas, getToken: async () => server.tokenFor('maya') });
    await (
      await maya.conversations.create().send('Maya here')
    ).acknowledged;
    server.options.intercept = (frame) =>
      frame.type === 'command' &&
      JSON.stringify(frame).includes('Zoe') &&
      !frame.command.type.includes('start');
    const zoe = make({ url: server.url, storage: zoes, getToken: async () => server.tokenFor('zoe') });
    let reads = 0;
    // Between two looks of Maya's tab at the storage, Zoe signs in and writes.
    mayas.beforeRead = async () => {
      if (++reads !== 2) return;
      await zoe.connect();
      await zoe.conversations.create().send("Zoe's secret");
    };
    mayas.tell();
    await until(maya.connection, ({ cause }) => cause === 'subject_changed');
    const given = () =>
      server.received.filter((frame) => frame.type === 'command' && JSON.stringify(frame).includes('Zoe'));
    while (given().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(given().length, 1, 'sent by Zoe’s tab, and by no other');
  });

  it('that somebody was logged out calls nothing delivered that was discarded', async () => {
    const server = await serve();
    const ns = namespace();
    const url = `http://127.0.0.1:${await server.kill()}`;
    const [one, two] = [1, 2].map(() => make({ url, namespace: ns }));
    const conversation = one!.conversations.create();
    const sent = await conversation.send('never arrives');
    const refused = assert.rejects(sent.acknowledged, isCancelled);
    await two!.ready;
    await two!.logout({ pending: 'discard' });
    await refused;
    await until(one!.connection, ({ cause }) => cause === 'logged_out');
    assert.deepEqual(texts(conversation.getSnapshot()), []);
  });

  it('that somebody was logged out does not store the session again that it renews', async () => {
    const server = await serve();
    const browser = new SharedStorage();
    const [ones, twos] = [browser.open(), browser.open()];
    const renewing = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow: typeof globalThis.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (new Request(input).url.endsWith('/refresh')) {
        renewing.resolve();
        await goOn.promise;
      }
      return answer;
    };
    const one = make({ url: server.url, storage: ones, fetch: slow });
    await (
      await one.conversations.create().send('private')
    ).acknowledged;
    ones.hears = false;
    server.revokeTokens();
    server.closeAll(4401);
    await renewing.promise;
    const two = make({ url: server.url, storage: twos });
    await two.ready;
    await two.logout({ pending: 'discard' });
    goOn.resolve();
    await until(one.connection, ({ state }) => state === 'online' || state === 'stopped');
    assert.ok(!(await browser.contents()).includes('refreshSecret'), await browser.contents());
  });
});

it('a tab that hears late that its session has ended leaves alone the one that another tab has begun', async () => {
  const sockets: WebSocket[] = [];
  const server = await serve({
    intercept: (frame, socket) => {
      if (frame.type === 'hello') sockets.push(socket);
      return false;
    },
  });
  const browser = new SharedStorage();
  const [ones, twos] = [browser.open(), browser.open()];
  const one = make({ url: server.url, storage: ones });
  await one.connect();
  const two = make({ url: server.url, storage: twos });
  await two.connect();
  twos.hears = false;
  server.revokeTokens();
  server.revokeSecrets();
  sockets[0]!.close(4410);
  await until(one.connection, ({ cause }) => cause === 'session_ended');
  await one.connect();
  const { participant } = one.user.getSnapshot();
  sockets[1]!.close(4410);
  await until(two.connection, ({ cause }) => cause === 'session_ended');
  await two.destroy();
  await one.destroy();
  const after = make({ url: server.url, storage: browser.open() });
  await after.connect();
  assert.deepEqual(after.user.getSnapshot().participant, participant);
});

describe('a storage that is full', () => {
  it('takes neither the visitor nor her conversation away when the token runs out', async () => {
    const server = await serve();
    const storage = new SharedStorage().open();
    const client = make({ url: server.url, storage });
    const conversation = client.conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    const { participant } = client.user.getSnapshot();
    storage.isFull = true;
    const two = await conversation.send('two');
    assert.equal(client.connection.getSnapshot().durable, false, 'and says that nothing more is saved');
    await two.acknowledged;
    server.revokeTokens();
    server.closeAll(4401);
    await until(client.connection, ({ state }) => state !== 'online');
    await until(client.connection, ({ state }) => state === 'online');
    assert.deepEqual(client.user.getSnapshot().participant, participant);
    await (
      await conversation.send('three')
    ).acknowledged;
    assert.deepEqual(server.texts(conversation.id), ['one', 'two', 'three']);
  });

  it('keeps what is pending, which arrives once', async () => {
    const server = await serve();
    const browser = new SharedStorage();
    const storage = browser.open();
    const { url } = server;
    const client = make({ url, storage });
    const conversation = client.conversations.create();
    await conversation.send('zero');
    await until(conversation, allSent(1));
    const port = await server.kill();
    await conversation.send('one');
    storage.isFull = true;
    await conversation.send('two');
    assert.deepEqual(deliveries(conversation.getSnapshot()), ['sent', 'unsaved', 'unsaved']);
    // Another tab still has the first of them, from before.
    const other = make({ url, storage: browser.open() });
    await other.ready;
    const again = keep(await server.restart(port));
    await until(conversation, allSent(3), 20_000);
    await until(other.conversations.open(conversation.id), ({ messages }) => messages.length > 0, 20_000);
    assert.deepEqual(again.texts(conversation.id), ['zero', 'one', 'two']);
  });
});

it('two who wait until all is sent are both told', async () => {
  const server = await serve();
  const client = make({ url: server.url, namespace: namespace() });
  const conversation = client.conversations.create();
  await conversation.send('one');
  const [left, right] = [client.logout({ pending: 'flush' }), client.logout({ pending: 'flush' })];
  await Promise.all([left, right]);
  assert.deepEqual(server.texts(conversation.id), ['one']);
});

it('what version 0.1.0 stored of a change of persons is understood', async () => {
  const server = await serve();
  const browser = new SharedStorage();
  const storage = browser.open();
  await storage.write((writer) => {
    writer.put('subject', 'maya');
    writer.put('outbox', 'o_now');
    writer.put('claimed', 'o_before');
  });
  const zoe = make({ url: server.url, storage, getToken: async () => server.tokenFor('zoe') });
  const conversation = zoe.conversations.create();
  await conversation.send('Zoe here');
  await until(conversation, allSent(1));
  assert.deepEqual(zoe.connection.getSnapshot().durable, true);
});
