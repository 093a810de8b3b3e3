import { decorationOf } from '../faults/client-faults.ts';
import type { Random } from '../run/random.ts';
import { BrowserLocks } from './browser-locks.ts';
import { BrowserStorage } from './browser-storage.ts';
import { textOf } from './message-text.ts';
import { Page } from './page.ts';
import { Counter } from './protocol-of-run.ts';
import type { Talk } from './talk.ts';
import { View } from './view.ts';
import { pause, type World } from './world.ts';

const agentWrites = 1;
/** Replies in one conversation that may be on their way at once. */
const mostReplies = 4;
/** One reply for so many messages of a visitor. */
const replyOneIn = 8;
const filler = 'Thank you for waiting. I have looked it up, and a blue one leaves tomorrow.';

/** An agent with the console open: takes every conversation of this worker, sees all that is said, and answers. */
export class Staff {
  readonly #world: World;
  readonly #random: Random;
  readonly #storage = new BrowserStorage();
  readonly #locks = new BrowserLocks();
  readonly #views = new Map<Talk, View>();
  readonly #replying = new Map<Talk, number>();
  /** Conversations in which nothing more is said. */
  readonly #over = new Set<Talk>();
  #page: Page;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork('staff');
    this.#page = this.#open();
  }

  /** Works until the world stops: joins what began, replies, and now and then loses its page. */
  async work(): Promise<void> {
    let handled = 0;
    while (!this.#world.isStopping) {
      for (const talk of this.#world.talks)
        if (!this.#views.has(talk) && talk.hasArrived) void this.#join(talk);
      // What was taken before the backend has said whose it is belongs to the page that took it, and to nobody after it.
      if (++handled % 250 === 0 && this.#page.isKnown && this.#random.oneIn(4)) await this.#reload();
      await pause(20);
    }
  }

  viewOf(talk: Talk): View | undefined {
    return this.#views.get(talk);
  }

  /** Says nothing more in a conversation; resolves when all that was said has arrived. */
  async finish(talk: Talk): Promise<void> {
    this.#over.add(talk);
    while (this.#replying.get(talk)) await talk.change(50);
  }

  forget(talk: Talk): void {
    void this.#views.get(talk)?.handle.release?.();
    this.#views.delete(talk);
    this.#over.delete(talk);
    this.#replying.delete(talk);
  }

  leave(): Promise<void> {
    return this.#page.leave();
  }

  #open(): Page {
    const { setup } = this.#world;
    const page = new Page({
      id: this.#world.nextPage(),
      url: setup.url,
      role: 'agent',
      storage: this.#storage,
      locks: this.#locks,
      namespace: `prove-staff-${setup.index}`,
      getToken: () => this.#token(),
      timeSpeed: setup.timeSpeed,
      clockOffsetMs: 0,
      random: this.#random,
      tap: this.#world.tap,
      onTwice: () => this.#world.count(Counter.duplicatePosts),
      decorate: decorationOf(setup.fault),
    });
    this.#world.opened(page);
    void page.client.connect().catch(() => undefined);
    return page;
  }

  async #token(): Promise<string> {
    const { url, agentCookie } = this.#world.setup;
    const response = await fetch(`${url}/v1/agents/token`, {
      method: 'POST',
      headers: { cookie: agentCookie },
      signal: AbortSignal.timeout(3_000),
    });
    if (!response.ok) throw new Error(`The agent's token was refused: ${response.status}`);
    return ((await response.json()) as { accessToken: string }).accessToken;
  }

  async #join(talk: Talk): Promise<void> {
    const view = this.#watch(talk);
    try {
      await view.handle.accept();
    } catch {
      // Asked before the conversation reached the backend, or the page went meanwhile: asked again.
      if (this.#views.get(talk) === view) this.#views.delete(talk);
    }
  }

  #watch(talk: Talk): View {
    const page = this.#page;
    const view = new View(this.#world, talk, page, page.conversation(talk.id, 'staff'));
    this.#views.set(talk, view);
    page.client.on('message.created', ({ data, stream }) => {
      if (
        data.message.conversationId === talk.id &&
        stream.endsWith(':staff') &&
        data.message.author.role === 'visitor'
      )
        this.#maybeReply(talk, view);
    });
    return view;
  }

  #maybeReply(talk: Talk, view: View): void {
    const busy = this.#replying.get(talk) ?? 0;
    const { conversation } = view.handle.getSnapshot();
    if (this.#over.has(talk) || busy >= mostReplies || !this.#random.oneIn(replyOneIn)) return;
    if (conversation?.assignment.state !== 'assigned') return;
    this.#replying.set(talk, busy + 1);
    void this.#reply(talk, view).finally(() => this.#replying.set(talk, (this.#replying.get(talk) ?? 1) - 1));
  }

  async #reply(talk: Talk, view: View): Promise<void> {
    const message = this.#world.nextMessage();
    const { page } = view;
    talk.called(message, agentWrites);
    try {
      const { acknowledged } = await view.handle.send(textOf(message, filler));
      if (!page.isAlive) return;
      talk.wasTaken(message);
      view.took(message);
      await acknowledged;
      if (page.isAlive) talk.acknowledged(message);
    } catch (error) {
      if (page.isAlive && !page.isLeaving) this.#world.complain(`reply ${message}: ${String(error)}`);
    }
  }

  /** The console's page dies and is opened again: what was on its way leaves from the new one. */
  async #reload(): Promise<void> {
    this.#page.kill();
    this.#world.count(Counter.pageKills);
    await pause(this.#random.between(1, 300));
    this.#page = this.#open();
    for (const talk of [...this.#views.keys()]) {
      this.#replying.set(talk, 0);
      this.#watch(talk);
    }
  }
}
