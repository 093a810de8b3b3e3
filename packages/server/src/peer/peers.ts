import { randomBytes } from 'node:crypto';
import type { CloseCode } from '@sahay/protocol';
import type { RateLimit, ServerContext } from '../context.ts';
import { ProblemError } from '../http/problem-error.ts';
import { RateLimiter } from '../http/rate-limiter.ts';
import type { LiveHub } from '../hub/live-hub.ts';
import type { VerifiedToken } from '../identity/access-tokens.ts';
import type { Line } from './line.ts';
import { Peer, type PeerParts } from './peer.ts';

const checkEveryMs = 1_000;
/** How long a connection that ended can still be asked why, in ms. */
const lingerMs = 30_000;
/** Connections that one participant holds at once, in all tabs and over all transports; one more ends the oldest. */
const mostOfOne = 50;

/** Everybody who is connected, by whatever transport. */
export class Peers {
  readonly context: ServerContext;
  readonly #parts: PeerParts;
  readonly #open = new Set<Peer>();
  /** Those that requests find by their connection's id, oldest first. */
  readonly #connections = new Map<string, Peer>();
  /** Those of each participant, oldest first. */
  readonly #byParticipant = new Map<string, Set<Peer>>();
  /** Until when those that ended are remembered. */
  readonly #endings = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #opened = 0;
  #beatAt: number;

  constructor(context: ServerContext, hub: LiveHub) {
    const { clock, tuning } = context;
    this.context = context;
    this.#parts = {
      context,
      hub,
      commandRate: new RateLimiter(tuning.commandRate, clock),
      agentCommandRate: new RateLimiter(timesFive(tuning.commandRate), clock),
      signalRate: new RateLimiter(tuning.signalRate, clock),
      frameRate: new RateLimiter(tuning.frameRate, clock),
    };
    this.#beatAt = clock();
    this.#timer = setInterval(() => this.check(), checkEveryMs).unref();
  }

  /** Somebody who will say hello over this line. */
  open(line: Line): Peer {
    const peer = new Peer(this.#parts, line, {
      key: `s${++this.#opened}`,
      onWelcome: () => this.#own(peer),
      onEnd: () => {
        this.#open.delete(peer);
        this.#disown(peer);
      },
    });
    this.#open.add(peer);
    return peer;
  }

  /** Somebody whose token came with a request: welcomed at once, and found under the id of the connection. */
  openConnection(line: Line, verified: VerifiedToken): Peer {
    const connection = randomBytes(18).toString('base64url');
    const peer = new Peer(this.#parts, line, {
      key: connection,
      connection,
      patienceMs: this.context.tuning.lanePatienceMs,
      onEnd: () => {
        this.#open.delete(peer);
        this.#disown(peer);
        this.#endings.set(connection, this.context.clock() + lingerMs);
      },
    });
    this.#open.add(peer);
    this.#connections.set(connection, peer);
    peer.welcome(verified);
    this.#own(peer);
    return peer;
  }

  #own(peer: Peer): void {
    const { id } = peer.actor;
    const own = this.#byParticipant.get(id) ?? new Set();
    this.#byParticipant.set(id, own.add(peer));
    const [oldest] = own;
    if (own.size > mostOfOne) oldest?.close(4429, 'too many connections');
  }

  #disown(peer: Peer): void {
    if (!peer.isKnown) return;
    const own = this.#byParticipant.get(peer.actor.id);
    own?.delete(peer);
    if (own?.size === 0) this.#byParticipant.delete(peer.actor.id);
  }

  /** Somebody who posts without a connection: speaks for the token's subject, and hears nothing but answers. */
  passing(verified: VerifiedToken): Peer {
    const peer = new Peer(this.#parts, nowhere, {
      key: `p/${verified.actor.id}`,
      patienceMs: this.context.tuning.lanePatienceMs,
    });
    peer.identify(verified);
    return peer;
  }

  /**
   * The one whom a request names, if the token is of the same participant. A fresh token extends the connection.
   *
   * @throws ProblemError `connection_unknown`
   */
  find(connection: string, verified: VerifiedToken): Peer {
    const peer = this.#connections.get(connection);
    // Another's connection is answered like one that does not exist.
    if (!peer?.isOf(verified))
      throw new ProblemError(
        'connection_unknown',
        'There is no such connection of yours, or no more. Open another and subscribe from your cursors.',
      );
    if (!peer.isEnded) peer.extend(verified);
    return peer;
  }

  /** Looks at everybody; called once a second. */
  check(): void {
    const now = this.context.clock();
    const isBeat = now - this.#beatAt >= this.context.tuning.heartbeatMs;
    if (isBeat) this.#beatAt = now;
    for (const peer of this.#open) peer.check(now, isBeat);
    for (const [connection, until] of this.#endings) {
      if (now < until) break;
      this.#endings.delete(connection);
      this.#connections.delete(connection);
    }
  }

  /** How many are connected. */
  get size(): number {
    return this.#open.size;
  }

  /** Ends all connections, so that their clients come back to the next process. */
  close(code: CloseCode = 1012): void {
    clearInterval(this.#timer);
    for (const peer of this.#open) peer.closeWith(code);
  }
}

const timesFive = ({ burst, perSecond }: RateLimit): RateLimit => ({
  burst: 5 * burst,
  perSecond: 5 * perSecond,
});

const nowhere: Line = {
  bufferedBytes: 0,
  send: () => undefined,
  beat: () => undefined,
  close: () => undefined,
  cut: () => undefined,
};
