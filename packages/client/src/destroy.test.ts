// What a destroyed client leaves behind, counted: nothing, whenever it is destroyed.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { makeProblem } from '@sahay/protocol';
import type { Clock } from './clock.ts';
import type { ClientEnvironment } from './environment.ts';
import type { GetToken, SupportClient } from './index.ts';
import { make, namespace, serve } from './testing/stage.ts';
import type { TestServer } from './testing/test-server.ts';
import { until } from './testing/until.ts';

let timers: number;
let listeners: number;
let sockets: number;
let channels: number;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const clock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    timers++;
    let over = false;
    const end = (): void => {
      if (!over) timers--;
      over = true;
    };
    const timer = setTimeout(() => {
      end();
      work();
    }, ms);
    return () => {
      end();
      clearTimeout(timer);
    };
  },
};

const environment: ClientEnvironment = {
  online: () => true,
  watch() {
    listeners++;
    return () => void listeners--;
  },
};

class CountedSocket extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args);
    sockets++;
    this.addEventListener('close', () => sockets--);
  }
}

const Channel = BroadcastChannel;
class CountedChannel extends Channel {
  constructor(name: string) {
    super(name);
    channels++;
  }

  override close(): void {
    channels--;
    super.close();
  }
}

beforeEach(() => {
  timers = listeners = sockets = channels = 0;
  globalThis.BroadcastChannel = CountedChannel;
});
afterEach(() => {
  globalThis.BroadcastChannel = Channel;
});

async function locksOf(ns: string): Promise<string[]> {
  const { held = [], pending = [] } = await navigator.locks.query();
  return [...held, ...pending].flatMap(({ name = '' }) => (name.includes(ns) ? name : []));
}

async function assertNothingLeft(ns: string): Promise<void> {
  assert.deepEqual({ timers, listeners, channels }, { timers: 0, listeners: 0, channels: 0 });
  for (let turn = 0; turn < 50 && sockets > 0; turn++) await wait(20);
  assert.equal(sockets, 0);
  for (let turn = 0; turn < 50 && (await locksOf(ns)).length > 0; turn++) await wait(20);
  assert.deepEqual(await locksOf(ns), []);
  // A connection that is still open would block this.
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(`sahay:${ns}:visitor`);
    request.onsuccess = () => resolve();
    request.onblocked = () => reject(new Error('the database is still open'));
  });
}

const moments: Record<string, (client: SupportClient, server: TestServer) => Promise<void>> = {
  'before anything was said': async (client) => {
    await client.ready;
  },
  'while it connects': async (client) => {
    await client.conversations.create().send('hello');
  },
  'in a conversation, with somebody typing and a mark on its way': async (client, server) => {
    const conversation = client.conversations.create();
    await (
      await conversation.send('hello')
    ).acknowledged;
    await until(conversation, ({ phase }) => phase === 'ready');
    server.signal({
      type: 'typing',
      data: { conversationId: conversation.id, participantId: 'asha', active: true },
    });
    await until(conversation, ({ typing }) => typing.length === 1);
    conversation.typing(true);
    conversation.markRead();
  },
  'while a refused command waits for its next try': async (client, server) => {
    server.options.intercept = (frame, socket) => {
      if (frame.type !== 'command') return false;
      const problem = {
        type: 'about:blank',
        title: 'Slow',
        status: 429,
        code: 'rate_limited',
        retryable: true,
      };
      const { outboxId, n, command } = frame;
      socket.send(JSON.stringify({ type: 'reject', outboxId, n, lane: command.conversationId, problem }));
      return true;
    };
    await client.conversations.create().send('hello');
    await until(client.connection, ({ state }) => state === 'online');
    await wait(100);
  },
  'while a search waits for its turn': async (client, server) => {
    const conversation = client.conversations.create();
    await (
      await conversation.send('hello')
    ).acknowledged;
    let asked = 0;
    server.options.refuse = (path) => {
      if (!path.endsWith('/search')) return undefined;
      asked++;
      return makeProblem('rate_limited', 'Wait.', { retryAfterMs: 20_000 });
    };
    conversation.search!('hello').catch(() => undefined);
    while (asked === 0) await wait(5);
    await wait(50);
  },
  'while it waits for its next try to connect': async (client, server) => {
    await server.kill();
    await client.conversations.create().send('hello');
    await until(client.connection, ({ state }) => state === 'waiting');
  },
  'while another tab holds the lock': async (client, server) => {
    server.options.intercept = (frame) => frame.type === 'command';
    await client.conversations.create().send('hello');
    await until(client.connection, ({ state }) => state === 'online');
    await wait(50);
  },
  'while somebody looks on, with a sound claimed': async (client) => {
    await client.inspect(() => undefined);
    await client.maySound('m1');
    await client.connect();
  },
};

describe('a client that is destroyed', () => {
  for (const [when, reach] of Object.entries(moments))
    it(`leaves nothing ${when}`, async () => {
      const server = await serve();
      const ns = namespace();
      const client = make({ url: server.url, namespace: ns, clock, environment, webSocket: CountedSocket });
      await reach(client, server);
      await client.destroy();
      await assertNothingLeft(ns);
    });
});

describe('a client whose site says who is there, that is destroyed', () => {
  const known = (server: TestServer, ns: string, getToken: GetToken): SupportClient =>
    make({ url: server.url, namespace: ns, clock, environment, webSocket: CountedSocket, getToken });

  it('leaves nothing while nobody has said yet whose it is what it keeps apart', async () => {
    const server = await serve();
    const ns = namespace();
    const before = known(server, ns, async () => server.tokenFor('maya'));
    await before.connect();
    await before.destroy();
    const client = known(server, ns, () => new Promise<string>(() => undefined));
    await client.conversations.create().send('hello');
    assert.ok((await locksOf(ns)).length > 0, 'it tells others that it lives');
    await client.destroy();
    await assertNothingLeft(ns);
  });

  it('leaves nothing while it waits for the end of another page', async () => {
    const server = await serve();
    const ns = namespace();
    const client = known(server, ns, async () => server.tokenFor('maya'));
    await client.connect();
    const other = known(server, ns, () => new Promise<string>(() => undefined));
    await other.conversations.create().send('hello');
    while ((await locksOf(ns)).length < 2) await wait(5);
    await client.destroy();
    await other.destroy();
    await assertNothingLeft(ns);
  });
});
