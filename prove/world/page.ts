import {
  createSupportClient,
  type ConversationHandle,
  type GetToken,
  type SupportClient,
} from '@sahay/client';
import { sahayConnector, type ClientEnvironment, type LogConnector } from '@sahay/client/connector';
import type { Random } from '../run/random.ts';
import type { BrowserLocks } from './browser-locks.ts';
import type { BrowserStorage } from './browser-storage.ts';
import { Gate } from './gate.ts';
import { PageClock } from './page-clock.ts';
import { PageFetch } from './page-fetch.ts';
import { PageSockets } from './page-socket.ts';
import { WireTap, type TapListener } from './wire-tap.ts';

/** What a page is opened with. */
export interface PageOptions {
  id: number;
  url: string;
  role: 'visitor' | 'agent';
  storage: BrowserStorage;
  locks: BrowserLocks;
  namespace: string;
  getToken?: GetToken | undefined;
  timeSpeed: number;
  clockOffsetMs: number;
  random: Random;
  tap: TapListener;
  /** Hears of each request that was sent twice. */
  onTwice: () => void;
  /** Planted faults wrap the connector here. */
  decorate?: ((connector: LogConnector) => LogConnector) | undefined;
}

/** A page of a browser: one real client, and everything around it that can break. */
export class Page {
  readonly id: number;
  readonly client: SupportClient;
  readonly clock: PageClock;
  readonly #gate = new Gate();
  readonly #sockets: PageSockets;
  readonly #fetch: PageFetch;
  readonly #storage: BrowserStorage;
  readonly #locks: BrowserLocks;
  readonly #wakers = new Set<(why: 'woken' | 'network_back') => void>();
  readonly #losers = new Set<() => void>();
  #online = true;
  #isLeaving = false;

  constructor(options: PageOptions) {
    const { id, url, role, storage, namespace, getToken, timeSpeed, random } = options;
    this.id = id;
    this.#storage = storage;
    this.#locks = options.locks;
    this.clock = new PageClock(this.#gate, timeSpeed, options.clockOffsetMs);
    this.#sockets = new PageSockets(this.#gate, random.oneIn(8));
    const transports = transportsOf(random);
    const tapped = new WireTap(options.tap).on(sahayConnector({ url, ...(transports && { transports }) }));
    this.#fetch = new PageFetch(this.#gate, random, options.onTwice);
    this.client = createSupportClient({
      connector: options.decorate?.(tapped) ?? tapped,
      role,
      namespace,
      locale: 'en',
      ...(getToken && { getToken: (why) => this.#gate.pass(getToken(why)) }),
      storage: storage.openFor(this.#gate),
      clock: this.clock,
      random: random.next,
      fetch: this.#fetch.fetch,
      webSocket: this.#sockets.webSocket,
      environment: this.#environment(),
    });
  }

  get isAlive(): boolean {
    return !this.#gate.isDead;
  }

  get isRunning(): boolean {
    return this.#gate.isOpen;
  }

  get isOnline(): boolean {
    return this.isAlive && this.client.connection.getSnapshot().state === 'online';
  }

  conversation(id: string, audience: 'public' | 'staff'): ConversationHandle {
    return this.client.conversations.open(id, { audience });
  }

  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  /** Somebody else signs in: whatever ends this page's session now is as it should be. */
  expectToStop(): void {
    this.#isLeaving = true;
  }

  /** Is closed in an orderly way. */
  async leave(): Promise<void> {
    this.#isLeaving = true;
    await this.client.destroy();
  }

  /** Whether the backend has said who this page speaks for. */
  get isKnown(): boolean {
    return this.client.user.getSnapshot().participant !== undefined;
  }

  /** Dies without a word: no clean-up runs, sockets break, timers never fire, a transaction that is open leaves nothing. */
  kill(): void {
    this.#gate.kill();
    this.#sockets.kill();
    this.#fetch.kill();
    this.clock.kill();
    this.#storage.forget(this.#gate);
    this.#locks.forget(this.#gate);
  }

  /** Stops for a while, as a tab in the background does; then it is shown again. */
  freeze(ms: number): void {
    this.#gate.freeze();
    setTimeout(() => {
      if (!this.isAlive) return;
      this.#gate.thaw();
      for (const wake of this.#wakers) wake('woken');
    }, ms);
  }

  /** The browser says that the network is gone, and after a while that it is back. */
  goOffline(ms: number): void {
    this.#online = false;
    this.#gate.run(() => this.#losers.forEach((lose) => lose()));
    setTimeout(() => {
      this.#online = true;
      this.#gate.run(() => this.#wakers.forEach((wake) => wake('network_back')));
    }, ms);
  }

  #environment(): ClientEnvironment {
    return {
      locks: this.#locks.openFor(this.#gate),
      online: () => this.#online,
      watch: (wake, lost) => {
        this.#wakers.add(wake);
        this.#losers.add(lost);
        return () => {
          this.#wakers.delete(wake);
          this.#losers.delete(lost);
        };
      },
    };
  }
}

/** Most pages take what comes first, a WebSocket; some have only one of the others. */
function transportsOf(random: Random): ['sse'] | ['long-poll'] | undefined {
  if (random.oneIn(6)) return ['sse'];
  return random.oneIn(8) ? ['long-poll'] : undefined;
}
