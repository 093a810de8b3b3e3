// Tabs of a browser in which a site's tokens say who somebody is, welcomed in any order, dying, logging out: model-based, seeded.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { defaultLimits, laneOf } from '@sahay/protocol';
import { MemoryBackend, type Actor } from '@sahay/protocol/core';
import { createSupportClient, type LogConnector, type SupportClient } from '../index.ts';
import { MemoryStorage } from '../storage/memory-storage.ts';
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
  /** Whose the storage was when it was taken: a tab of hers may send it at once. */
  under: string | undefined;
  /** Whether somebody logged out after it was taken, before its tab was welcomed. */
  loggedOut: boolean;
}

/** A tab over a backend that answers at once, and welcomes when it is told to. */
class Tab {
  readonly client: SupportClient;
  readonly said: Said[] = [];
  readonly own: string;
  who: string | undefined;
  isAlive = true;
  #welcome: ((who: string) => void) | undefined;

  constructor(storage: MemoryStorage, backend: MemoryBackend) {
    this.client = createSupportClient({
      connector: this.#connector(backend),
      storage,
      clock: new ManualClock(),
      getToken: () => Promise.resolve(''),
      namespace: `first-welcome-${++browsers}`,
      // One tab draining at a time has tests of its own.
      environment: { online: () => true, watch: () => () => undefined, locks: freeForAll },
    });
    this.own = this.client.conversations.create().id;
  }

  #connector(backend: MemoryBackend): LogConnector {
    return {
      name: 'test',
      delivery: 'effectively-once',
      capabilities: () => new Set(),
      open: ({ handlers }) => {
        let actor: Actor | undefined;
        this.#welcome = (who) => {
          actor = { id: who, role: 'visitor', tenantId: 't' };
          handlers.onState({ state: 'online', cause: 'welcomed' });
          handlers.onWelcome({ participant: { id: who, role: 'visitor' } });
        };
        return {
          start: () => handlers.onState({ state: 'connecting', cause: 'requested' }),
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

  async send(conversation: string, text: string, under: string | undefined): Promise<void> {
    const one: Said = { text, conversation, fate: 'waits', under, loggedOut: false };
    const { acknowledged } = await this.client.conversations.open(conversation).send(text);
    this.said.push(one);
    acknowledged.then(
      () => (one.fate = 'acknowledged'),
      () => (one.fate = 'rejected'),
    );
  }

  async welcome(who: string): Promise<void> {
    if (this.who) return;
    void this.client.connect().catch(() => undefined);
    await settled();
    this.who = who;
    this.#welcome?.(who);
    await settled();
  }

  die(): void {
    this.isAlive = false;
    void this.client.destroy();
  }
}

let browsers = 0;
const freeForAll = {
  request: (_name: string, ...rest: unknown[]) => (rest.at(-1) as () => Promise<unknown>)(),
  query: () => Promise.resolve({}),
} as unknown as Pick<LockManager, 'request' | 'query'>;

const tab = fc.nat(2);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), tab, shared: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('welcome' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('logout' as const), tab }) },
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
      const backend = new MemoryBackend({ tenantId: 't', policy: { limits: defaultLimits } });
      const open = (): Tab => new Tab(storage, backend);
      const tabs = [open(), open(), open()];
      const all = [...tabs];
      const conversations = new Set<string>();
      let site = 'maya';
      let shared = `conv_shared_${site}`;
      let messages = 0;
      let subject: string | undefined;
      for (const one of steps) {
        const chosen = tabs[one.tab]!;
        if (one.do === 'send') {
          const where = one.shared ? shared : chosen.own;
          conversations.add(where);
          await chosen.send(where, `${all.indexOf(chosen)}.${++messages}`, subject);
        } else if (one.do === 'welcome') {
          // A conversation has one visitor: what others wrote into one of hers is hers.
          const hers = new Set(chosen.said.map(({ conversation }) => conversation));
          if (!subject)
            for (const { said } of all)
              for (const message of said)
                if (!message.loggedOut && hers.has(message.conversation)) message.under ??= site;
          await chosen.welcome(site);
          subject = site;
        } else if (one.do === 'logout' || one.do === 'die') {
          if (one.do === 'logout' && chosen.who) {
            await chosen.client.logout({ pending: 'discard' });
            for (const { who, said } of all) if (!who) for (const message of said) message.loggedOut = true;
            // The next one signs in: what was written before must not reach her.
            site += '!';
            subject = undefined;
            for (const [index, gone] of tabs.entries()) if (gone.who) tabs[index] = open();
            shared = `conv_shared_${site}`;
          } else if (one.do === 'die') tabs[one.tab] = open();
          for (const gone of all) if (!tabs.includes(gone)) gone.die();
          for (const fresh of tabs) if (!all.includes(fresh)) all.push(fresh);
        }
        await settled();
      }
      for (const last of tabs) await last.welcome(site);
      await settled();
      const arrived = arrivals(backend, conversations);
      const everywhere = [...arrived.values()].flat();
      assert.deepEqual(everywhere, [...new Set(everywhere)], 'nothing arrives twice');
      for (const { who, said, isAlive } of all) {
        // What a tab of somebody else has sent meanwhile has made the conversation hers.
        const isHers = said.every(({ under = who }) => under === who);
        const spoiled = said.some(({ loggedOut }) => loggedOut);
        for (const { text, fate, loggedOut, under } of said) {
          for (const [name, texts] of arrived)
            if (who && who !== name && under !== name)
              assert.ok(!texts.includes(text), `${text} is ${who}'s, not ${name}'s`);
          if (loggedOut) {
            if (!under) assert.ok(!everywhere.includes(text), `${text} was written before a logout`);
            if (isAlive && !under) assert.equal(fate, 'rejected', text);
          } else if (isAlive && spoiled) {
            // What follows in a conversation that a logout cut off may be refused with it, aloud.
            assert.equal(fate, everywhere.includes(text) ? 'acknowledged' : 'rejected', text);
          } else if (isAlive && isHers) {
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
      for (const one of all) one.die();
    }),
    { seed: 20_261_127, numRuns: 200 },
  );
});
