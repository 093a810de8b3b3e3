// Tabs of a browser in which a site's tokens say who somebody is, welcomed in any order, dying, logging out: model-based, seeded.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { defaultLimits, laneOf } from '@sahay/protocol';
import { MemoryBackend, type Actor } from '@sahay/protocol/core';
import { createSupportClient, type LogConnector, type SupportClient } from '../index.ts';
import { MemoryStorage } from '../storage/memory-storage.ts';
import { speaksFor } from './unclaimed.ts';
import { ManualClock, settled } from '../testing/manual-clock.ts';

/** What the tabs of a browser share, and outlives them; each hears when another has written. */
class SharedStorage extends MemoryStorage {
  override readonly durable = true;
  readonly #listeners = new Set<() => void>();

  override watch(listener?: () => void): () => void {
    if (listener) this.#listeners.add(listener);
    return () => void (listener && this.#listeners.delete(listener));
  }

  override read<T>(work: Parameters<MemoryStorage['read']>[0]): Promise<T> {
    return super.write(work) as Promise<T>;
  }

  override async write<T>(work: Parameters<MemoryStorage['write']>[0]): Promise<T> {
    const result = await super.write(work);
    for (const listener of this.#listeners) queueMicrotask(listener);
    return result as T;
  }
}

/** What became of a message. */
interface Said {
  text: string;
  conversation: string;
  fate: 'waits' | 'acknowledged' | 'rejected';
  /** Whether somebody logged out after it was taken, before its tab was welcomed. */
  loggedOut: boolean;
}

/** The browser's locks, of which only those count that say which pages live. */
class PageLocks {
  readonly #held = new Map<string, () => void>();
  readonly #waiting = new Map<string, (() => unknown)[]>();

  readonly request = async (name: string, ...rest: unknown[]): Promise<unknown> => {
    const work = rest.at(-1) as () => Promise<unknown>;
    // One tab draining at a time has tests of its own.
    if (!name.includes(':page:')) return work();
    const { signal } = (rest.length > 1 ? rest[0] : {}) as LockOptions;
    const waiting = this.#waiting.get(name) ?? [];
    this.#waiting.set(name, waiting);
    if (this.#held.has(name)) await new Promise<unknown>((resolve) => waiting.push(() => resolve(0)));
    signal?.throwIfAborted();
    this.#held.set(name, () => undefined);
    try {
      return await work();
    } finally {
      this.#held.delete(name);
      waiting.shift()?.();
    }
  };

  readonly query = (): Promise<LockManagerSnapshot> =>
    Promise.resolve({ held: [...this.#held.keys()].map((name) => ({ name })) });
}

/** A tab over a backend that answers at once, and welcomes when it is told to. */
class Tab {
  readonly client: SupportClient;
  readonly said: Said[] = [];
  readonly own: string;
  /** Who the site says is there, in this page. */
  readonly site: string;
  isWelcome = false;
  isAlive = true;
  #welcome: ((who: string) => void) | undefined;

  constructor(site: string, storage: MemoryStorage, locks: PageLocks, backend: MemoryBackend) {
    this.site = site;
    this.client = createSupportClient({
      connector: this.#connector(backend),
      storage,
      clock: new ManualClock(),
      getToken: () => Promise.resolve(''),
      namespace: 'first-welcome',
      environment: {
        online: () => true,
        watch: () => () => undefined,
        locks: locks as unknown as Pick<LockManager, 'request' | 'query'>,
      },
    });
    this.own = this.client.conversations.create().id;
  }

  #connector(backend: MemoryBackend): LogConnector {
    return {
      name: 'test',
      delivery: 'effectively-once',
      capabilities: () => new Set(),
      open: ({ handlers, storage }) => {
        let actor: Actor | undefined;
        this.#welcome = (who) => {
          actor = { id: who, role: 'visitor', tenantId: 't' };
          handlers.onState({ state: 'online', cause: 'welcomed' });
          handlers.onWelcome({ participant: { id: who, role: 'visitor' } });
        };
        return {
          start: () => {
            // As when the site's token comes, which is before the backend is asked.
            speaksFor(storage, this.site);
            handlers.onState({ state: 'connecting', cause: 'requested' });
          },
          send: (frame) =>
            queueMicrotask(() => {
              if (!this.isAlive || !actor) return;
              if (frame.type === 'command')
                handlers.onFrame({ ...backend.execute(actor, frame), lane: laneOf(frame.command) });
              if (frame.type === 'subscribe' && backend.mayRead(actor, frame.stream)) {
                const { subscribed, events } = backend.read(frame.stream, frame.cursor);
                handlers.onFrame(subscribed);
                for (const event of events) handlers.onFrame({ type: 'event', event });
              }
            }),
          close: () => (actor = undefined),
        };
      },
    };
  }

  async send(conversation: string, text: string): Promise<void> {
    const one: Said = { text, conversation, fate: 'waits', loggedOut: false };
    const { acknowledged } = await this.client.conversations.open(conversation).send(text);
    this.said.push(one);
    acknowledged.then(
      () => (one.fate = 'acknowledged'),
      () => (one.fate = 'rejected'),
    );
  }

  async welcome(): Promise<void> {
    if (this.isWelcome) return;
    void this.client.connect().catch(() => undefined);
    await settled();
    this.isWelcome = true;
    this.#welcome?.(this.site);
    await settled();
  }

  /** Whether somebody else has signed in, or somebody was logged out, after this tab was welcomed. */
  get isOver(): boolean {
    return this.isWelcome && this.client.connection.getSnapshot().state === 'stopped';
  }

  die(): void {
    this.isAlive = false;
    void this.client.destroy();
  }
}

const tab = fc.nat(2);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), tab, shared: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('welcome' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('logout' as const), tab }) },
  // Somebody else signs in on the site, which says nothing of it to the pages that are there.
  { weight: 1, arbitrary: fc.record({ do: fc.constant('switch' as const), tab }) },
);

/** Who wrote what, in whose name: the texts by the participants under whom they arrived, in the order of the log. */
function arrivals(backend: MemoryBackend, conversations: Iterable<string>): Map<string, string[]> {
  const byWho = new Map<string, string[]>();
  for (const id of conversations)
    for (const { author, parts } of backend.conversation(id)?.messages.values() ?? []) {
      const [part] = parts;
      if (author.role !== 'visitor' || part?.type !== 'text') continue;
      byWho.set(author.id, [...(byWho.get(author.id) ?? []), part.text]);
    }
  return byWho;
}

it('delivers what a tab took that lived to be welcomed, once, in order and in no other name; says so of all else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      const storage = new SharedStorage();
      const locks = new PageLocks();
      const backend = new MemoryBackend({ tenantId: 't', policy: { limits: defaultLimits } });
      let people = 0;
      let site = 'maya 0';
      const all: Tab[] = [];
      const open = (): Tab => {
        const fresh = new Tab(site, storage, locks, backend);
        all.push(fresh);
        return fresh;
      };
      const tabs = [open(), open(), open()];
      const conversations = new Set<string>();
      let messages = 0;
      for (const one of steps) {
        const chosen = tabs[one.tab]!;
        if (one.do === 'send') {
          const where = one.shared ? `conv_shared_${chosen.site.replace(' ', '_')}` : chosen.own;
          conversations.add(where);
          await chosen.send(where, `${all.indexOf(chosen)}.${++messages}`);
        } else if (one.do === 'welcome') await chosen.welcome();
        else if (one.do === 'switch') site = `maya ${++people}`;
        else if (one.do === 'logout' && chosen.isWelcome) {
          // What another tab of hers has sent already, in her conversation, has arrived.
          const before = [...arrivals(backend, conversations).values()].flat();
          await chosen.client.logout({ pending: 'discard' });
          for (const { isWelcome, said } of all)
            if (!isWelcome) for (const message of said) message.loggedOut ||= !before.includes(message.text);
          site = `maya ${++people}`;
        } else if (one.do === 'die') {
          chosen.die();
          tabs[one.tab] = open();
        }
        await settled();
        for (const [index, { isOver }] of tabs.entries()) if (isOver) tabs[index] = open();
      }
      for (const last of all.filter((one) => tabs.includes(one))) await last.welcome();
      await settled();
      checkAll(all, backend, conversations, people);
      for (const one of all) one.die();
    }),
    { seed: 20_261_127, numRuns: 200 },
  );
});

function checkAll(
  all: readonly Tab[],
  backend: MemoryBackend,
  conversations: ReadonlySet<string>,
  people: number,
): void {
  const arrived = arrivals(backend, conversations);
  const everywhere = [...arrived.values()].flat();
  assert.deepEqual(everywhere, [...new Set(everywhere)], 'nothing arrives twice');
  for (const { site, said, isAlive, isOver } of all) {
    const spoiled = said.some(({ loggedOut }) => loggedOut);
    for (const { text, fate, loggedOut, conversation } of said) {
      for (const [name, texts] of arrived)
        if (name !== site) assert.ok(!texts.includes(text), `${text} is ${site}'s, not ${name}'s`);
      if (loggedOut) {
        assert.ok(!everywhere.includes(text), `${text} was written before a logout`);
        if (isAlive) assert.equal(fate, 'rejected', text);
      } else if (isAlive && (spoiled || isOver || (conversation.includes('shared') && people > 0))) {
        // What follows in a conversation that a logout cut off may be refused with it, aloud; so may be what was put beside what
        // a tab of hers had said, when somebody else signed in: that tab may have sent it.
        assert.notEqual(fate, 'waits', text);
        if (fate === 'acknowledged') assert.ok(everywhere.includes(text), `${text} is called delivered`);
      } else if (isAlive) {
        assert.ok(everywhere.includes(text), `${text} was taken and is lost`);
        assert.equal(fate, 'acknowledged', text);
      }
    }
    const order = said.map(({ text }) => text).filter((text) => everywhere.includes(text));
    for (const id of conversations) {
      const inLog = arrivals(backend, [id]);
      const mine = [...inLog.values()].flat().filter((text) => order.includes(text));
      assert.deepEqual(
        mine,
        order.filter((text) => mine.includes(text)),
        'in order',
      );
    }
  }
}
