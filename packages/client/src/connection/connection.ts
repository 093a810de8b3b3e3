import type { ClientFrame, Problem, ServerFrame, WelcomeFrame } from '@sahay/protocol';
import type { Clock } from '../clock.ts';
import type {
  ConnectionCause,
  ConnectionChange,
  ConnectionState,
  ServerLinkFrame,
} from '../connector/log-connector.ts';
import type { ClientEnvironment } from '../environment.ts';
import type { SharedTokens } from '../identity/shared-tokens.ts';
import { outOfLine, problemOf, SahayError } from '../sahay-error.ts';
import type { Transport, TransportLink } from '../transport/transport.ts';
import { backoff } from './backoff.ts';
import type * as Reserve from '../reserve.ts';

/** How long an attempt may take, token and welcome included, in ms. */
const connectTimeoutMs = 15_000;
/** A connection that stood this long, in ms, begins its back-off anew. */
const stableMs = 10_000;

/** What a connection needs from those around it. */
export interface ConnectionOptions {
  /** Looked at once it is known where to connect to. */
  transport: Transport;
  tokens: SharedTokens;
  clock: Clock;
  random: () => number;
  environment: ClientEnvironment;
  /** Where to connect to; may ask the server. */
  locate: () => Promise<string>;
  /** Whether a frame can be read. */
  isFrame: (value: unknown) => value is ServerFrame;
  onState: (change: ConnectionChange) => void;
  onWelcome: (frame: WelcomeFrame) => void;
  onFrame: (frame: ServerLinkFrame) => void;
  /** Sees every frame, for whoever inspects the client. */
  onTraffic?: ((way: 'in' | 'out', frame: ClientFrame | ServerFrame) => void) | undefined;
}

/** Keeps one line to the server: connects, says hello, notices when it is dead, and connects again. */
export class Connection {
  declare readonly options: ConnectionOptions;
  readonly #timers = new Set<() => void>();
  #state: ConnectionState = 'idle';
  #line: TransportLink | undefined;
  /** Each attempt has a number; what an older one still says is not heard. */
  attempt = 0;
  #failures = 0;
  #onlineSince = Infinity;
  /** How many frames have come, whatever they were. */
  heard = 0;
  /** Asks whether the server is there; absent until what keeps the line alive has been loaded. */
  #probe: (() => void) | undefined;
  /** The token that was refused, until another one is welcomed. */
  declare refused: string | undefined;
  #unwatch: (() => void) | undefined;

  constructor(options: ConnectionOptions) {
    this.options = options;
  }

  /** Connects now, unless it does so already. */
  start(cause: ConnectionCause = 'requested'): void {
    const { environment } = this.options;
    this.#unwatch ??= environment.watch(
      (why) => this.#woken(why),
      () => this.#rest('network_lost'),
      () => this.#rest('page_hidden'),
    );
    if (this.#state === 'online' || this.#state === 'connecting') return;
    if (environment.online()) void this.connect(cause);
    else this.#change('offline', 'network_lost');
  }

  /** Lets go, and does not come back by itself. */
  stop(cause: ConnectionCause, problem?: Problem): void {
    this.#drop();
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#change('stopped', cause, { problem });
  }

  /** Sends a frame, if the connection stands. */
  send(frame: ClientFrame): void {
    if (this.#state === 'online') this.#say(frame);
  }

  #say(frame: ClientFrame): void {
    this.options.onTraffic?.('out', frame);
    this.#line?.send(JSON.stringify(frame));
  }

  async connect(cause: ConnectionCause): Promise<void> {
    const { tokens, locate } = this.options;
    this.#drop();
    const attempt = this.attempt;
    const current = () => attempt === this.attempt;
    this.#change('connecting', cause);
    this.later(connectTimeoutMs, () => this.lost('connect_timeout'));
    try {
      const [url, token] = await Promise.all([
        locate(),
        tokens.get(this.refused ? 'refused' : 'first', this.refused),
      ]);
      if (!current()) return;
      this.#line = this.options.transport.connect(url, {
        onOpen: () => current() && this.#say({ type: 'hello', token, client: { name: '@sahay/client' } }),
        onFrame: (text) => current() && this.#hear(text, token),
        onClose: (code, pauseMs) => current() && this.#closed(code, token, pauseMs),
      });
    } catch (error) {
      if (current()) this.#failed(problemOf(error));
    }
  }

  #hear(text: string, token: string): void {
    this.heard++;
    const frame = this.#read(text);
    if (!frame || frame.type === 'pong') return;
    const { clock, onFrame, onWelcome } = this.options;
    const online = this.#state === 'online';
    if (frame.type !== 'welcome') {
      if (online || frame.type === 'problem') onFrame(frame);
      return;
    }
    if (online) return;
    this.#clear();
    this.#onlineSince = clock.now();
    this.refused = undefined;
    this.#change('online', 'welcomed');
    this.#keepAlive(frame, token);
    onWelcome(frame);
  }

  #read(text: string): ServerFrame | undefined {
    const { isFrame, onFrame, onTraffic } = this.options;
    let cause: unknown;
    try {
      const frame: unknown = JSON.parse(text);
      if (isFrame(frame)) {
        onTraffic?.('in', frame);
        return frame;
      }
    } catch (error) {
      cause = error;
    }
    onFrame({ type: 'problem', problem: problemOf(outOfLine('frame', { cause })) });
    return undefined;
  }

  /** What keeps a line alive is loaded once it stands. Whoever loads it too says when that fails. */
  #keepAlive(welcome: WelcomeFrame, token: string): void {
    const { attempt } = this;
    import('../reserve.ts').then(
      ({ keepAlive }) => attempt === this.attempt && (this.#probe = keepAlive(this, welcome, token)),
      () => undefined,
    );
  }

  #closed(code: number, token: string, pauseMs?: number): void {
    // Only a server gives these, so what they mean can be loaded.
    if (code > 1000 && code !== 1006) this.#explain(({ endedBy }) => endedBy(this, code, token, pauseMs));
    else this.lost(this.#state === 'connecting' ? 'connect_failed' : 'connection_lost');
  }

  #failed(problem: Problem): void {
    if (problem.code === 'network') this.wait('connect_failed', problem);
    else this.#explain(({ failedBy }) => failedBy(this, problem));
  }

  #explain(explain: (reserve: typeof Reserve) => void): void {
    this.#drop();
    const attempt = this.attempt;
    const unknown = () => this.lost('connection_lost');
    this.later(connectTimeoutMs, unknown);
    import('../reserve.ts').then((reserve) => attempt === this.attempt && explain(reserve), unknown);
  }

  /** The line is gone; another one is made in a while. */
  lost(cause: ConnectionCause): void {
    const error = new SahayError('network', `The connection ended: ${cause}.`, { retryable: true });
    this.wait(cause, problemOf(error));
  }

  /** Connects again in a while, or once there is a network. */
  wait(cause: ConnectionCause, problem: Problem, pauseMs?: number): void {
    const { clock, random, environment } = this.options;
    if (clock.now() - this.#onlineSince > stableMs) this.#failures = 0;
    this.#onlineSince = Infinity;
    this.#drop();
    if (!environment.online()) return this.#change('offline', cause, { problem });
    const delayMs = backoff(this.#failures++, random, pauseMs);
    this.later(delayMs, () => void this.connect('retry_due'));
    this.#change('waiting', cause, { problem, retryAt: clock.now() + delayMs });
  }

  #woken(why: 'woken' | 'network_back'): void {
    if (this.#state === 'waiting' || this.#state === 'offline') this.start(why);
    else if (this.#state === 'online') this.#probe?.();
  }

  /** Lets go until something wakes it. */
  #rest(cause: 'network_lost' | 'page_hidden'): void {
    if (this.#state === 'stopped' || this.#state === 'idle') return;
    this.#drop();
    this.#change('offline', cause);
  }

  #change(state: ConnectionState, cause: ConnectionCause, more: Partial<ConnectionChange> = {}): void {
    this.#state = state;
    this.options.onState({ state, cause, ...more });
  }

  /** Does something in a while, unless the line has ended by then. */
  later(ms: number, work: () => unknown): void {
    const cancel = this.options.clock.after(ms, () => {
      this.#timers.delete(cancel);
      work();
    });
    this.#timers.add(cancel);
  }

  #clear(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #drop(): void {
    this.attempt++;
    this.#clear();
    this.#line?.close();
    this.#line = this.#probe = undefined;
  }
}
