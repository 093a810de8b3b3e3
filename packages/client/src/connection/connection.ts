import type { ClientFrame, ErrorCode, Problem, ServerFrame, WelcomeFrame } from '@sahay/protocol';
import type { Clock } from '../clock.ts';
import type { ConnectionCause, ConnectionChange, ConnectionState } from '../connector/log-connector.ts';
import type { ClientEnvironment } from '../environment.ts';
import type { SharedTokens } from '../identity/token-source.ts';
import { outOfLine, problemOf, SahayError } from '../sahay-error.ts';
import type { Transport, TransportLink } from '../transport/transport.ts';
import { backoff } from './backoff.ts';
import { closingOf } from './close-cause.ts';
import { heartbeat, type Heartbeat } from './heartbeat.ts';

/** How long an attempt may take, token and welcome included, in ms. */
const connectTimeoutMs = 15_000;
/** A connection that stood this long, in ms, begins its back-off anew. */
const stableMs = 10_000;
/** The share of a token's life after which it is renewed. */
const renewAt = 0.8;

/** What trying again cannot help, by the code of the problem. */
const hopeless: Partial<Record<string, ConnectionCause>> = {
  origin_refused: 'origin_refused',
  unsupported_version: 'version_refused',
  capability_absent: 'connect_failed',
};

/** What a connection needs from those around it. */
export interface ConnectionOptions {
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
  onFrame: (frame: Exclude<ServerFrame, { type: 'welcome' | 'pong' }>) => void;
  onProblem: (problem: Problem) => void;
}

/** Keeps one line to the server: connects, says hello, notices when it is dead, and connects again. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #heartbeat: Heartbeat;
  #state: ConnectionState = 'idle';
  #line: TransportLink | undefined;
  /** Each attempt has a number; what an older one still says is not heard. */
  #attempt = 0;
  #failures = 0;
  #onlineSince = Infinity;
  #refused: string | undefined;
  #cancels: (() => void)[] = [];
  #unwatch: (() => void) | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#heartbeat = heartbeat(
      options.clock,
      () => this.send({ type: 'ping' }),
      () => this.#lost('heartbeat_missed', 'The server has fallen silent.', 0),
    );
  }

  /** Connects now, unless it does so already. */
  start(cause: ConnectionCause = 'requested'): void {
    this.#unwatch ??= this.#options.environment.watch(
      (why) => this.#woken(why),
      () => this.#networkLost(),
    );
    if (this.#state === 'online' || this.#state === 'connecting') return;
    if (this.#options.environment.online()) void this.#connect(cause);
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
    if (this.#state === 'online') this.#line?.send(JSON.stringify(frame));
  }

  async #connect(cause: ConnectionCause): Promise<void> {
    const { tokens, transport, locate } = this.#options;
    this.#drop();
    const attempt = this.#attempt;
    const current = () => attempt === this.#attempt;
    this.#change('connecting', cause);
    this.#later(connectTimeoutMs, () =>
      this.#lost('connect_timeout', 'The server did not say welcome in time.'),
    );
    try {
      const [url, token] = await Promise.all([
        locate(),
        tokens.get(this.#refused ? 'refused' : 'first', this.#refused),
      ]);
      if (!current()) return;
      const line = transport.connect(url, {
        onOpen: () =>
          current() &&
          line.send(
            JSON.stringify({ type: 'hello', token, client: { name: '@sahay/client' } } satisfies ClientFrame),
          ),
        onFrame: (text) => current() && this.#heard(text, token),
        onClose: (code) => current() && this.#closed(code, token),
      });
      this.#line = line;
    } catch (error) {
      if (current()) this.#failed(error);
    }
  }

  #heard(text: string, token: string): void {
    this.#heartbeat.heard();
    const frame = this.#read(text);
    if (!frame || frame.type === 'pong') return;
    if (frame.type !== 'welcome') {
      if (this.#state === 'online') this.#options.onFrame(frame);
      else if (frame.type === 'problem') this.#options.onProblem(frame.problem);
      return;
    }
    if (this.#state === 'online') return;
    this.#clear();
    this.#onlineSince = this.#options.clock.now();
    this.#refused = undefined;
    this.#heartbeat.start(frame.heartbeatMs);
    this.#renewLater(frame, token);
    this.#change('online', 'welcomed');
    this.#options.onWelcome(frame);
  }

  #read(text: string): ServerFrame | undefined {
    let cause: unknown;
    try {
      const frame: unknown = JSON.parse(text);
      if (this.#options.isFrame(frame)) return frame;
    } catch (error) {
      cause = error;
    }
    this.#options.onProblem(problemOf(outOfLine('frame', { cause })));
    return undefined;
  }

  /** Renews the token in band before it runs out. Both times are the server's, so this clock need not be right. */
  #renewLater(frame: WelcomeFrame, token: string): void {
    const lifeMs = Date.parse(frame.tokenExpiresAt ?? '') - Date.parse(frame.serverTime);
    // Without an end, or with one that is no time, there is nothing to renew.
    if (Number.isNaN(lifeMs)) return;
    const { tokens, onProblem } = this.#options;
    const attempt = this.#attempt;
    const renew = async (old: string): Promise<void> => {
      let next = old;
      try {
        next = await tokens.get('expired', old);
        if (attempt === this.#attempt) this.send({ type: 'token', token: next });
      } catch (error) {
        // The server ends the connection when the token has run out; until then there is time to try again.
        onProblem(problemOf(error));
      }
      if (attempt === this.#attempt) again(next);
    };
    const again = (old: string) =>
      this.#later(Math.min(Math.max(lifeMs * renewAt, 1_000), 2 ** 31 - 1), () => void renew(old));
    again(token);
  }

  #closed(code: number, token: string): void {
    const [reaction, cause, errorCode, pauseMs] = closingOf(code);
    const text = `The server closed the connection (${code}, ${cause}).`;
    if (reaction === 'stop') {
      if (cause === 'session_ended') void this.#options.tokens.forget();
      return this.stop(cause, problemOf(new SahayError(errorCode ?? 'network', text)));
    }
    if (reaction === 'refresh') {
      const again = this.#refused !== undefined;
      this.#refused = token;
      // A token that was refused at once after another was refused is not worth hurrying for.
      return again ? this.#lost(cause, text) : void this.#connect(cause);
    }
    this.#lost(
      this.#state === 'connecting' && code === 1006 ? 'connect_failed' : cause,
      text,
      pauseMs,
      errorCode,
    );
  }

  #failed(error: unknown): void {
    const problem = problemOf(error);
    const end = hopeless[problem.code];
    if (end) return this.stop(end, problem);
    this.#wait(problem.code === 'network' ? 'connect_failed' : 'token_failed', problem, problem.retryAfterMs);
  }

  #lost(cause: ConnectionCause, text: string, pauseMs?: number, code: ErrorCode = 'network'): void {
    this.#wait(cause, problemOf(new SahayError(code, text, { retryable: true })), pauseMs);
  }

  #wait(cause: ConnectionCause, problem: Problem, pauseMs?: number): void {
    const { clock, random, environment } = this.#options;
    if (clock.now() - this.#onlineSince > stableMs) this.#failures = 0;
    this.#onlineSince = Infinity;
    this.#drop();
    if (!environment.online()) return this.#change('offline', cause, { problem });
    const delayMs = backoff(this.#failures++, random, pauseMs);
    this.#later(delayMs, () => void this.#connect('retry_due'));
    this.#change('waiting', cause, { problem, retryAt: clock.now() + delayMs });
  }

  #woken(why: 'woken' | 'network_back'): void {
    if (this.#state === 'waiting' || this.#state === 'offline') this.start(why);
    else if (this.#state === 'online') this.#heartbeat.probe();
  }

  #networkLost(): void {
    if (this.#state === 'stopped' || this.#state === 'idle') return;
    this.#drop();
    this.#change('offline', 'network_lost');
  }

  #change(state: ConnectionState, cause: ConnectionCause, more: Partial<ConnectionChange> = {}): void {
    this.#state = state;
    this.#options.onState({ state, cause, ...more });
  }

  #later(ms: number, work: () => void): void {
    this.#cancels.push(this.#options.clock.after(ms, work));
  }

  #clear(): void {
    this.#heartbeat.stop();
    for (const cancel of this.#cancels.splice(0)) cancel();
  }

  #drop(): void {
    this.#attempt++;
    this.#clear();
    this.#line?.close();
    this.#line = undefined;
  }
}
