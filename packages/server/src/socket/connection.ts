import { closeCodes, laneOf, type ClientFrame, type Problem, type ServerFrame } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { WebSocket } from 'ws';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { RateLimiter } from '../http/rate-limiter.ts';
import type { LiveHub } from '../hub/live-hub.ts';
import { encode, type EncodedFrame, type Reader } from '../hub/reader.ts';
import { StorageFailedError } from '../storage/storage-failed-error.ts';
import type { NumberedCommand } from '../storage/store.ts';
import { parseFrame } from './parse-frame.ts';

/** What connections share. */
export interface ConnectionParts {
  context: ServerContext;
  hub: LiveHub;
  commandRate: RateLimiter;
  /** Agents have several conversations at once. */
  agentCommandRate: RateLimiter;
  signalRate: RateLimiter;
  frameRate: RateLimiter;
}

/** Frames that may wait behind one that takes its time, such as `hello`. */
const mostWaiting = 256;

/** One socket: says who speaks, then reads frames and answers them. */
export class Connection implements Reader {
  readonly #parts: ConnectionParts;
  readonly #socket: WebSocket;
  readonly #openedAt: number;
  readonly #key: string;
  #actor: Actor | undefined;
  #expiresAt = 0;
  /** Pings since anything was heard. Counted, not timed, so that a machine that slept finds nobody dead. */
  #unanswered = 0;
  #waiting: string[] = [];
  #isBusy = false;
  #isEnded = false;
  sessionId: string | undefined;

  constructor(parts: ConnectionParts, socket: WebSocket, key: string) {
    this.#parts = parts;
    this.#socket = socket;
    this.#key = key;
    this.#openedAt = parts.context.clock();
    socket.on('message', (data: Buffer, isBinary: boolean) => this.#hear(data, isBinary));
    socket.on('pong', () => (this.#unanswered = 0));
    socket.on('error', (error) => parts.context.logger.debug({ err: error }, 'A socket failed.'));
  }

  get actor(): Actor {
    if (!this.#actor) throw new Error('Nobody has said hello on this socket yet.');
    return this.#actor;
  }

  /** Called when the socket is gone. */
  ended(): void {
    this.#isEnded = true;
    this.#waiting = [];
    if (this.#actor) this.#parts.hub.leave(this);
  }

  close(code: number, reason: string): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#waiting = [];
    if (this.#actor) this.#parts.hub.leave(this);
    this.#socket.close(code, reason);
  }

  #closeWith(code: keyof typeof closeCodes): void {
    this.close(code, closeCodes[code].reason);
  }

  deliver(frame: EncodedFrame): void {
    if (this.#isEnded) return;
    this.#socket.send(frame, { binary: false });
    const { maxBufferedBytes } = this.#parts.context.tuning;
    if (this.#socket.bufferedAmount <= maxBufferedBytes) return;
    this.#parts.context.logger.info(
      { participant: this.#actor?.id },
      'A reader was too slow and was closed.',
    );
    this.close(4429, 'reading too slowly');
    // The close frame waits behind all that was not read; whoever does not read will not read that either.
    this.#socket.terminate();
  }

  #say(frame: ServerFrame): void {
    this.deliver(encode(frame));
  }

  /** Looks at the clock: a missing `hello`, a token that ran out, a peer that is dead. Pings those that are alive. */
  check(now: number, isBeat: boolean): void {
    const { tuning } = this.#parts.context;
    if (this.#isEnded) return;
    if (!this.#actor && now - this.#openedAt >= tuning.helloTimeoutMs) return this.#closeWith(4408);
    if (this.#actor && now >= this.#expiresAt) return this.#closeWith(4401);
    if (!isBeat) return;
    if (this.#unanswered >= 2) return this.#socket.terminate();
    this.#unanswered++;
    this.#socket.ping();
  }

  #hear(data: Buffer, isBinary: boolean): void {
    if (this.#isEnded) return;
    this.#unanswered = 0;
    if (isBinary) return this.#closeWith(4400);
    if (this.#waiting.length >= mostWaiting || limitOf(this.#parts.frameRate, this.#key))
      return this.#closeWith(4429);
    this.#waiting.push(data.toString());
    if (!this.#isBusy) void this.#work();
  }

  /** Frames are taken one after the other; only those that say who speaks keep the next one waiting. */
  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let text = this.#waiting.shift(); text !== undefined; text = this.#waiting.shift()) {
      try {
        const slow = this.#take(text);
        if (slow) await slow;
      } catch (error) {
        this.#failed(error);
      }
    }
    this.#isBusy = false;
  }

  #take(text: string): Promise<void> | undefined {
    const parsed = parseFrame(text);
    switch (parsed.kind) {
      case 'not json':
        return void this.#closeWith(4400);
      case 'invalid':
        return void (this.#actor ? this.#problem(parsed.problem) : this.#closeWith(4400));
      case 'malformed command':
        return void (this.#actor ? this.#execute(parsed.command, parsed.problem) : this.#closeWith(4401));
      case 'frame':
        return this.#serve(parsed.frame);
    }
  }

  #serve(frame: ClientFrame): Promise<void> | undefined {
    if (frame.type === 'hello') return this.#actor ? void this.#closeWith(4400) : this.#hello(frame.token);
    if (frame.type === 'ping') return void this.#say({ type: 'pong' });
    if (!this.#actor) return void this.#closeWith(4401);
    if (this.#parts.context.clock() >= this.#expiresAt && frame.type !== 'token')
      return void this.#closeWith(4401);
    switch (frame.type) {
      case 'token':
        return this.#refresh(frame.token);
      case 'subscribe':
        return void this.#parts.hub
          .subscribe(this, frame.stream, frame.cursor)
          .catch((error: unknown) => this.#failed(error));
      case 'unsubscribe':
        return void this.#parts.hub.unsubscribe(this, frame.stream);
      case 'command':
        return void this.#execute(frame);
      case 'signal':
        return void this.#signal(frame.signal);
    }
  }

  async #hello(token: string): Promise<void> {
    const { context, hub } = this.#parts;
    const verified = await this.#verify(token);
    if (!verified || this.#isEnded) return;
    this.#actor = verified.actor;
    this.#expiresAt = verified.expiresAt;
    this.sessionId = verified.sessionId;
    const { id, role, name, avatarUrl } = verified.actor;
    this.#say({
      type: 'welcome',
      participant: { id, role, ...(name && { name }), ...(avatarUrl && { avatarUrl }) },
      serverTime: new Date(context.clock()).toISOString(),
      tokenExpiresAt: new Date(verified.expiresAt).toISOString(),
      heartbeatMs: context.tuning.heartbeatMs,
      limits: context.policy.limits,
    });
    hub.join(this);
  }

  /** A fresh token extends the connection; one of somebody else ends it, so that nobody sees another's chat. */
  async #refresh(token: string): Promise<void> {
    const verified = await this.#verify(token);
    if (!verified || this.#isEnded) return;
    const { id, role, tenantId } = verified.actor;
    if (id !== this.actor.id || role !== this.actor.role || tenantId !== this.actor.tenantId)
      return this.#closeWith(4410);
    this.#actor = verified.actor;
    this.#expiresAt = verified.expiresAt;
    this.sessionId = verified.sessionId;
  }

  async #verify(
    token: string,
  ): Promise<Awaited<ReturnType<ServerContext['identity']['verify']>> | undefined> {
    try {
      return await this.#parts.context.identity.verify(token);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.#problem(error.problem);
      this.#closeWith(4401);
      return undefined;
    }
  }

  #execute(command: NumberedCommand, malformed?: Problem): void {
    const { commandRate, agentCommandRate, context } = this.#parts;
    const { outboxId, n } = command;
    const lane = laneOf(command.command);
    const reject = (problem: Problem): void =>
      this.#say({ type: 'reject', outboxId, n, lane, problem: { ...problem, command: { outboxId, n } } });
    const limited = limitOf(this.actor.role === 'agent' ? agentCommandRate : commandRate, this.actor.id);
    if (limited) return reject(limited);
    const done = malformed
      ? context.store.execute(this.actor, command, { refusal: malformed })
      : context.commands.execute(this.actor, command);
    done
      .then(({ reply }) => this.#say(reply))
      .catch((error: unknown) => {
        if (error instanceof ProblemError) return reject(error.problem);
        this.#failed(error);
      });
  }

  #signal(signal: Extract<ClientFrame, { type: 'signal' }>['signal']): void {
    if (limitOf(this.#parts.signalRate, this.actor.id)) return;
    this.#parts.hub.signal(this.actor, signal).catch((error: unknown) => this.#failed(error));
  }

  #problem(problem: Problem): void {
    this.#say({ type: 'problem', problem });
  }

  /** An error of ours: it is written down, and the client comes back on a fresh connection. */
  #failed(error: unknown): void {
    if (error instanceof ProblemError) return this.#problem(error.problem);
    if (!(error instanceof StorageFailedError))
      this.#parts.context.logger.error({ err: error }, 'A frame could not be served.');
    this.#closeWith(1011);
  }
}

/** Takes a token; the problem when there is none. */
function limitOf(limiter: RateLimiter, key: string): Problem | undefined {
  try {
    limiter.take(key);
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}
