import type { GetToken } from '@sahay/client';
import { decorationOf } from '../faults/client-faults.ts';
import type { Random } from '../run/random.ts';
import { Browser } from './browser.ts';
import { hostToken } from './host-token.ts';
import { textOf } from './message-text.ts';
import { Page } from './page.ts';
import { Counter } from './protocol-of-run.ts';
import type { Talk } from './talk.ts';
import { View } from './view.ts';
import { pause, type World } from './world.ts';

/** Who writes: 0 is the visitor, whatever the tab. */
const visitorWrites = 0;
/** What is kept apart may be passed by another tab's: where that happens, each page's messages are in an order of their own. */
const firstOfPages = 2;
/** Messages of one visitor that may be on their way at once. */
const mostUnsettled = 32;
/** Messages of one who shares her browser, and of the first of them: what is looked at there happens when the next one comes. */
const fewMessages = 12;
const firstMessages = 3;
const filler =
  'I ordered a blue kettle on Monday, and the parcel that came on Thursday holds a red one; what can be done?';

/** A browser that several people use one after the other, and the one before, whose tabs still live: nobody has called `logout()`. */
export interface SharedBrowser {
  browser: Browser;
  before: Visitor | undefined;
}

/** A visitor: a browser with some tabs, in which she writes until she has said all, while things happen to the tabs. */
export class Visitor {
  readonly talk: Talk;
  readonly views: View[] = [];
  readonly #world: World;
  readonly #random: Random;
  readonly #browser: Browser;
  readonly #shared: SharedBrowser | undefined;
  readonly #getToken: GetToken | undefined;
  /** Pages that were opened before the backend had said who she is. */
  readonly #bound = new WeakSet<Page>();
  #wasKnown = false;

  constructor(world: World, shared?: SharedBrowser) {
    this.#world = world;
    this.#shared = shared;
    this.talk = world.newTalk();
    this.#random = world.random.fork(`visitor ${this.talk.index}`);
    const name = `prove-${this.talk.index}`;
    this.#browser = shared?.browser ?? new Browser(name, world.setup.fault);
    const lifeSeconds = this.#random.between(4, 40);
    // Half of them are anonymous, with a session of the server's own; half are known to the site.
    const isKnown = this.#random.oneIn(2) || shared !== undefined;
    this.#getToken = isKnown
      ? async () => hostToken(world.setup.hostSecret, name, lifeSeconds, this.#serverTime())
      : undefined;
    world.count(Counter.visitors);
  }

  /** Writes all she has to say. */
  async write(): Promise<void> {
    await this.#openTab();
    // Two tabs that write before either was welcomed; where somebody else was here, one of them long before.
    if (this.#shared?.before || this.#random.oneIn(2))
      await this.#openTab(this.#shared?.before !== undefined);
    const takesOver = this.#takeOver();
    const most = this.#random.between(2, 3);
    const { messagesPerVisitor } = this.#world.setup;
    const few = this.#shared?.before ? fewMessages : firstMessages;
    const target = this.#shared ? few : messagesPerVisitor;
    while (this.talk.taken < target && !this.#world.isStopping) {
      if (this.talk.unsettled.size >= mostUnsettled) await this.talk.change(50);
      else {
        await this.#sendSome();
        if (this.views.length < most && this.#random.oneIn(10)) await this.#openTab();
        else await this.#mishap();
      }
    }
    await takesOver;
  }

  /** Once the backend has said who is here now, the tabs of the one before are closed. They have shown nothing of this one. */
  async #takeOver(): Promise<void> {
    const before = this.#shared?.before;
    if (!before) return;
    for (const { page } of before.views) page.expectToStop();
    while (!this.#world.isStopping && !this.views.some(({ page }) => page.isKnown)) await pause(20);
    for (const { page } of before.views)
      if (page.client.conversations.current()?.id === this.talk.id)
        this.#world.complain(`page ${page.id} shows ${this.talk.id}, which is of whoever came after it`);
    await before.leave();
  }

  /** Lets go of all tabs, politely. */
  async leave(): Promise<void> {
    await Promise.all(this.views.splice(0).map((view) => this.#close(view)));
  }

  #serverTime(): number {
    return Date.now() + this.#world.serverClockMs;
  }

  async #openTab(isOffline = false): Promise<void> {
    const { setup } = this.#world;
    const { storage, locks, namespace } = this.#browser;
    const page = new Page({
      id: this.#world.nextPage(),
      url: setup.url,
      role: 'visitor',
      storage,
      locks,
      namespace,
      getToken: this.#getToken,
      timeSpeed: setup.timeSpeed,
      clockOffsetMs: this.#random.oneIn(3) ? this.#random.between(-7_200_000, 7_200_000) : 0,
      random: this.#random,
      tap: this.#world.tap,
      onTwice: () => this.#world.count(Counter.duplicatePosts),
      decorate: decorationOf(setup.fault),
    });
    this.#world.opened(page);
    if (isOffline) page.goOffline(this.#random.between(200, 2_000));
    const isFirst = this.talk.id === '';
    if (isFirst) {
      const handle = page.client.conversations.create();
      this.talk.id = handle.id;
      this.#world.began(this.talk);
      this.views.push(new View(this.#world, this.talk, page, handle));
      this.#bind(page);
      return;
    }
    this.#bind(page);
    await page.client.ready;
    if (!page.isAlive) return;
    this.#checkIsFound(page);
    this.views.push(new View(this.#world, this.talk, page, page.conversation(this.talk.id, 'public')));
  }

  /** What is taken before the backend has said once, in this browser, whose it is belongs to the page that took it, and to none after it. */
  #bind(page: Page): void {
    this.#wasKnown ||= this.views.some((view) => view.page.isKnown);
    if (this.#getToken && !this.#wasKnown) this.#bound.add(page);
  }

  /** In a browser that several people use, what a page took that nobody knew may be removed by the next one's. */
  #mayDie({ page }: View): boolean {
    return page.isKnown || !(this.#shared || this.#bound.has(page));
  }

  /** A reload must find the conversation again; whose it is, a known visitor's page learns only from the backend. */
  #checkIsFound(page: Page): void {
    if (this.#getToken || this.talk.taken === 0) return;
    const found = page.client.conversations.current()?.id;
    if (found !== this.talk.id)
      this.#world.complain(`page ${page.id} found ${found ?? 'no conversation'} instead of ${this.talk.id}`);
  }

  #running(): View[] {
    return this.views.filter(({ page }) => page.isRunning);
  }

  /** A few messages from one tab; sometimes without waiting for each to be taken, and from two tabs at once. */
  async #sendSome(): Promise<void> {
    const running = this.#running();
    if (running.length === 0) return pause(20);
    const view = this.#random.pick(running);
    const inHaste = this.#random.oneIn(3);
    const sending: Promise<void>[] = [];
    for (let i = this.#random.between(1, 4); i > 0; i--) {
      const from = inHaste ? this.#random.pick(running) : view;
      const sent = this.#send(from);
      sending.push(sent);
      if (!inHaste) await Promise.race([sent, pause(100)]);
    }
    await Promise.race([Promise.all(sending), pause(100)]);
  }

  async #send(view: View): Promise<void> {
    const message = this.#world.nextMessage();
    const { page, handle } = view;
    this.talk.called(message, this.#shared?.before ? firstOfPages + page.id : visitorWrites);
    try {
      const { acknowledged } = await handle.send(textOf(message, filler));
      // What a dead page still says is not heard by anybody.
      if (!page.isAlive) return;
      this.talk.wasTaken(message);
      view.took(message);
      acknowledged.then(
        () => page.isAlive && this.talk.acknowledged(message),
        (error: unknown) =>
          page.isAlive && !page.isLeaving && this.#world.complain(`message ${message}: ${String(error)}`),
      );
    } catch (error) {
      if (page.isAlive && !page.isLeaving)
        this.#world.complain(`message ${message} was not taken: ${String(error)}`);
    }
  }

  async #mishap(): Promise<void> {
    const random = this.#random;
    const running = this.#running();
    if (running.length === 0) return;
    const often = (times: number) => random.oneIn(times / this.#world.setup.mishaps);
    const view = random.pick(running);
    if (often(150)) return this.#kill([view]);
    if (often(800)) return this.#kill([...this.views]);
    if (often(250)) return this.#freeze(view);
    if (often(250)) return this.#jumpClock(view);
    if (often(300)) return this.#loseNetwork(view);
    // Connecting again when connected must change nothing.
    if (often(250)) return void view.page.client.connect().catch(() => undefined);
    if (often(400) && this.#mayDie(view)) {
      this.views.splice(this.views.indexOf(view), 1);
      await this.#close(view);
      if (this.views.length === 0) await this.#openTab();
    }
  }

  async #kill(views: readonly View[]): Promise<void> {
    for (const view of views.filter((one) => this.#mayDie(one))) {
      view.page.kill();
      this.views.splice(this.views.indexOf(view), 1);
      this.#world.count(Counter.pageKills);
    }
    if (this.#random.oneIn(2)) await pause(this.#random.between(1, 300));
    if (this.views.length === 0) await this.#openTab();
  }

  #freeze({ page }: View): void {
    page.freeze(this.#random.between(50, 3_000));
    this.#world.count(Counter.freezes);
  }

  #jumpClock({ page }: View): void {
    page.clock.jump(this.#random.between(-3_600_000, 3_600_000));
    this.#world.count(Counter.clockJumps);
  }

  #loseNetwork({ page }: View): void {
    page.goOffline(this.#random.between(50, 1_500));
    this.#world.count(Counter.offline);
  }

  async #close(view: View): Promise<void> {
    const { page } = view;
    await Promise.race([page.leave(), pause(5_000)]);
    if (page.isRunning && page.clock.pending > 0)
      this.#world.complain(`page ${page.id} was destroyed and left ${page.clock.pending} timers`);
    page.kill();
  }
}
