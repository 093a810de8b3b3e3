// Several tabs of one browser: clients that share a namespace, IndexedDB, channels and Web Locks.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { ClientEnvironment } from '../environment.ts';
import { allSent, deliveries, keep, make, namespace, serve, texts, vanish } from '../testing/stage.ts';
import { until } from '../testing/until.ts';

/** What is held and waited for, of all that belongs to a namespace. */
async function locksOf(ns: string): Promise<string[]> {
  const { held = [], pending = [] } = await navigator.locks.query();
  return [...held, ...pending].flatMap(({ name = '' }) => (name.includes(ns) ? name : []));
}

/** Resolves once nothing of a namespace is locked any more; storage tells the tabs of each other a little later. */
async function assertUnlocked(ns: string): Promise<void> {
  for (let turn = 0; turn < 50 && (await locksOf(ns)).length > 0; turn++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(await locksOf(ns), []);
}

const releases: (() => void)[] = [];
afterEach(() => {
  for (const release of releases.splice(0)) release();
});

/** A tab that holds the lock and does nothing any more. */
async function frozenHolder(name: string): Promise<void> {
  await new Promise<void>((resolve) => {
    navigator.locks
      .request(name, () => {
        resolve();
        return new Promise<void>((release) => releases.push(release));
      })
      .catch(() => undefined);
  });
}

describe('the tabs of a browser', () => {
  it('let one of them drain at a time, and hold no lock when nothing is pending', async () => {
    const server = await serve();
    const ns = namespace();
    const one = make({ url: server.url, namespace: ns });
    const first = one.conversations.create();
    await (
      await first.send('hello')
    ).acknowledged;
    const two = make({ url: server.url, namespace: ns });
    await two.connect();
    const second = two.conversations.current()!;
    await Promise.all(
      Array.from({ length: 10 }, (_none, i) => Promise.all([first.send(`a${i}`), second.send(`b${i}`)])),
    );
    await Promise.all([until(first, allSent(21)), until(second, allSent(21))]);
    const sent = server.received.flatMap((frame) =>
      frame.type === 'command' ? `${frame.outboxId}/${frame.n}` : [],
    );
    assert.deepEqual(sent, [...new Set(sent)], 'no command was sent by both');
    await assertUnlocked(ns);
  });

  it('tell each other what the backend answered', async () => {
    const server = await serve();
    const ns = namespace();
    const one = make({ url: server.url, namespace: ns });
    const first = one.conversations.create();
    await (
      await first.send('hello')
    ).acknowledged;
    const two = make({ url: server.url, namespace: ns });
    await two.connect();
    const port = Number(new URL(server.url).port);
    await server.kill();
    const second = two.conversations.current()!;
    const sent = await Promise.all(['a', 'b', 'c'].flatMap((text) => [first.send(text), second.send(text)]));
    keep(await server.restart(port));
    const results = await Promise.all(sent.map(({ acknowledged }) => acknowledged));
    const { messages } = await until(second, allSent(7));
    assert.deepEqual(
      results.map(({ messageId }) => messageId),
      sent.map(({ key }) => [...messages].find(({ message }) => message.clientMessageId === key)?.message.id),
    );
  });

  it('come into a conversation that another one has begun under the same id', async () => {
    const server = await serve();
    const ns = namespace();
    const [one, two] = [1, 2].map(() => make({ url: server.url, namespace: ns }));
    const left = one!.conversations.create();
    const right = two!.conversations.open(left.id);
    await (
      await right.send('from the other tab')
    ).acknowledged;
    await left.send('from this tab');
    assert.deepEqual(texts(await until(left, allSent(2))), ['from the other tab', 'from this tab']);
  });

  it('go along with the one that begins', async () => {
    const server = await serve();
    const ns = namespace();
    const [one, two] = [1, 2].map(() => make({ url: server.url, namespace: ns }));
    await Promise.all([one!.ready, two!.ready]);
    const left = one!.conversations.create();
    const right = two!.conversations.open(left.id);
    await left.send('hello');
    assert.deepEqual(texts(await until(right, allSent(1))), ['hello']);
  });

  it('use the locks that they are given', async () => {
    const server = await serve();
    const asked: string[] = [];
    const request = ((name: string, ...rest: [never]) => {
      asked.push(name);
      return navigator.locks.request(name, ...rest);
    }) as LockManager['request'];
    const environment: ClientEnvironment = {
      online: () => true,
      watch: () => () => undefined,
      locks: { request, query: () => navigator.locks.query() },
    };
    const ns = namespace();
    const client = make({ url: server.url, namespace: ns, environment });
    await client.connect();
    const conversation = client.conversations.create();
    for (const text of ['one', 'two']) await (await conversation.send(text)).acknowledged;
    assert.ok(asked.includes(`sahay:${ns}:visitor:session`), asked.join());
    assert.ok(asked.includes(`sahay:${ns}:visitor:drain`), asked.join());
  });

  it('take the lock from one that is frozen, after two seconds', async () => {
    const server = await serve();
    const ns = namespace();
    await frozenHolder(`sahay:${ns}:visitor:drain`);
    const client = make({ url: server.url, namespace: ns });
    const conversation = client.conversations.create();
    const from = performance.now();
    await (
      await conversation.send('still here')
    ).acknowledged;
    const waited = performance.now() - from;
    assert.ok(waited >= 1_900 && waited < 15_000, `${waited} ms`);
  });

  it('deliver what a tab took that died, once', async () => {
    const server = await serve();
    const ns = namespace();
    const port = await server.kill();
    const url = `http://127.0.0.1:${port}`;
    const dying = make({ url, namespace: ns });
    const conversation = dying.conversations.create();
    for (const text of ['one', 'two']) await conversation.send(text);
    const other = make({ url, namespace: ns });
    await other.ready;
    const seen = other.conversations.current()!;
    assert.deepEqual(deliveries(seen.getSnapshot()), ['pending', 'pending']);
    await vanish(dying);
    const again = await server.restart(port);
    await until(seen, allSent(2), 20_000);
    assert.deepEqual(again.texts(conversation.id), ['one', 'two']);
    await again.kill();
  });

  it('release the lock when the page is put away, and go on when it is back', async () => {
    const server = await serve();
    const ns = namespace();
    let wake: (why: 'woken') => void = () => undefined;
    let hide = (): void => undefined;
    const environment: ClientEnvironment = {
      online: () => true,
      watch(woken, _lost, hidden) {
        wake = woken;
        hide = hidden!;
        return () => undefined;
      },
    };
    let swallow = true;
    server.options.intercept = (frame) =>
      swallow && frame.type === 'command' && frame.command.type === 'message.send';
    const client = make({ url: server.url, namespace: ns, environment });
    const conversation = client.conversations.create();
    await conversation.send('one');
    await until(client.connection, ({ state }) => state === 'online');
    while ((await locksOf(ns)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(await locksOf(ns), [`sahay:${ns}:visitor:drain`]);
    hide();
    assert.deepEqual(
      { ...client.connection.getSnapshot() },
      { state: 'offline', cause: 'page_hidden', durable: true },
    );
    await assertUnlocked(ns);
    assert.equal(server.connections, 0, 'an open socket would keep the page out of the cache');
    swallow = false;
    wake('woken');
    await until(conversation, allSent(1));
  });

  it('make one sound between them', async () => {
    const server = await serve();
    const ns = namespace();
    const tabs = [1, 2, 3].map(() => make({ url: server.url, namespace: ns }));
    const sounds = async (key: string) =>
      (await Promise.all(tabs.map((tab) => tab.maySound(key)))).filter(Boolean).length;
    assert.equal(await sounds('m1'), 1);
    assert.equal(await sounds('m2'), 1);
    assert.equal(await tabs[1]!.maySound('m2'), false, 'a tab that hears of it late is silent');
    await Promise.all(tabs.map(vanish));
    await assertUnlocked(ns);
  });

  it('leave nothing in any of them after a logout in one', async () => {
    const server = await serve();
    const ns = namespace();
    const one = make({ url: server.url, namespace: ns });
    const first = one.conversations.create();
    await (
      await first.send('private')
    ).acknowledged;
    const two = make({ url: server.url, namespace: ns });
    await two.connect();
    const second = two.conversations.current()!;
    await until(second, allSent(1));
    await one.logout({ pending: 'discard' });
    await until(two.connection, ({ cause }) => cause === 'logged_out');
    for (const client of [one, two]) {
      assert.equal(client.user.getSnapshot().participant, undefined);
      assert.equal(client.conversations.current(), undefined);
    }
    for (const handle of [first, second]) {
      assert.deepEqual(texts(handle.getSnapshot()), []);
      assert.equal(handle.getSnapshot().conversation, undefined);
    }
    const databases = await indexedDB.databases();
    assert.ok(!databases.some(({ name }) => name?.includes(ns)));
    await assertUnlocked(ns);
  });

  it('do not bring back, in a tab that slept, whom another one has logged out', async () => {
    const server = await serve();
    const ns = namespace();
    let wake: (why: 'woken') => void = () => undefined;
    let hide = (): void => undefined;
    const environment: ClientEnvironment = {
      online: () => true,
      watch(woken, _lost, hidden) {
        wake = woken;
        hide = hidden!;
        return () => undefined;
      },
    };
    const deaf = globalThis.BroadcastChannel;
    // What is said while a page sleeps in the back-forward cache is not told to it afterwards.
    globalThis.BroadcastChannel = undefined as unknown as typeof BroadcastChannel;
    const asleep = make({ url: server.url, namespace: ns, environment });
    const conversation = asleep.conversations.create();
    await (
      await conversation.send('private')
    ).acknowledged;
    globalThis.BroadcastChannel = deaf;
    hide();
    const awake = make({ url: server.url, namespace: ns });
    await awake.connect();
    await awake.logout({ pending: 'discard' });
    wake('woken');
    await until(asleep.connection, ({ cause }) => cause === 'logged_out');
    assert.deepEqual(texts(conversation.getSnapshot()), []);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(asleep.connection.getSnapshot().state, 'stopped');
    assert.ok(!(await indexedDB.databases()).some(({ name }) => name?.includes(ns)));
  });
});
