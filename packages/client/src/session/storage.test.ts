import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../clock.ts';
import { SharedStorage } from '../testing/shared-storage.ts';
import { allSent, deliveries, keep, make, namespace, serve, texts, vanish } from '../testing/stage.ts';
import { until } from '../testing/until.ts';

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
    keep(again);
    await restored.send('three');
    await until(restored, allSent(3));
    assert.deepEqual(again.texts(conversation.id), ['one', 'two', 'three']);
  });

  it('keeps small texts of the page, such as drafts, across a reload, and nothing of them after a logout', async () => {
    const server = await serve();
    const ns = namespace();
    const before = make({ url: server.url, namespace: ns });
    assert.equal(await before.remember('draft'), undefined);
    assert.equal(await before.remember('draft', 'I would like'), 'I would like');
    assert.equal(server.received.length, 0, 'a draft was sent');
    await vanish(before);
    const after = make({ url: server.url, namespace: ns });
    assert.equal(await after.remember('draft'), 'I would like');
    await after.remember('draft', '');
    assert.equal(await after.remember('draft'), undefined);
    await after.remember('draft', 'again');
    await after.logout({ pending: 'discard' });
    assert.equal(await make({ url: server.url, namespace: ns }).remember('draft'), undefined);
  });

  it('says once that small texts cannot be kept, however many are tried', async () => {
    const storage = new SharedStorage().open();
    const client = make({ url: (await serve()).url, storage });
    const problems: string[] = [];
    client.on('problem', ({ code, title }) => problems.push(`${code}: ${title}`));
    await client.ready;
    storage.isFull = true;
    for (const text of ['I', 'I w', 'I wo']) assert.equal(await client.remember('draft', text), text);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /internal: .*refuses to store .*"draft": There is no space left/);
    assert.equal(await client.remember('draft'), 'I wo', 'the page has it as long as it is there');
    const chosen = make({ url: (await serve()).url, storage: 'memory' });
    chosen.on('problem', ({ title }) => assert.fail(title));
    await chosen.remember('draft', 'I');
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
  });

  it('keeps a conversation that was closed current for a day, so that a reload does not take its end away', async () => {
    const server = await serve();
    const ns = namespace();
    const before = make({ url: server.url, namespace: ns });
    const conversation = before.conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    await conversation.close();
    await until(conversation, (view) => view.conversation?.status === 'closed');
    await vanish(before);

    const after = make({ url: server.url, namespace: ns });
    await after.ready;
    assert.equal(after.conversations.current()?.id, conversation.id);
    await until(after.user, ({ conversations }) => conversations.length === 1);
    assert.equal(after.conversations.current()?.id, conversation.id);
    await vanish(after);

    const later = { ...systemClock, now: () => Date.now() + 25 * 3_600_000 };
    const nextDay = make({ url: server.url, namespace: ns, clock: later });
    await nextDay.ready;
    await until(nextDay.user, ({ conversations }) => conversations.length === 1);
    assert.equal(nextDay.conversations.current(), undefined);
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
    keep(await server.restart(port));
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
