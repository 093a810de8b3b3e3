import {
  closeCodes,
  makeProblem,
  type ClientFrame,
  type CloseCode,
  type Problem,
  type ServerFrame,
} from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { RateLimiter } from '../http/rate-limiter.ts';
import type { LiveHub } from '../hub/live-hub.ts';
import { encode, type EncodedFrame, type Reader } from '../hub/reader.ts';
import type { VerifiedToken } from '../identity/access-tokens.ts';
import { StorageFailedError } from '../storage/storage-failed-error.ts';
import type { NumberedCommand } from '../storage/store.ts';
import { FrameGate } from './frame-gate.ts';
import type { Line } from './line.ts';
import { limitOf } from './limit-of.ts';
import type { ReadFrame } from './parse-frame.ts';
import { runCommand } from './run-command.ts';
import { versionProblem } from './version-problem.ts';
import { welcomeFrame } from './welcome-frame.ts';

/** What peers share. */
export interface PeerParts {
  context: ServerContext;
  hub: LiveHub;
  commandRate: RateLimiter;
  /** Agents have several conversations at once. */
  agentCommandRate: RateLimiter;
  signalRate: RateLimiter;
  frameRate: RateLimiter;
}

/** Hears what a frame led to. */
export type Answer = (frame: ServerFrame) => void;

/** What a peer is, beside its line. */
export interface PeerOptions {
  /** Whose frames are counted together. */
  key: string;
  /** The id under which requests find it; sockets have none. */
  connection?: string | undefined;
  /** How long its commands wait for others of their lane, in ms. */
  patienceMs?: number | undefined;
  /** Called once it is known who speaks. */
  onWelcome?: (() => void) | undefined;
  onEnd?: (() => void) | undefined;
}

/** Whoever is not known yet has nothing to say but a token. */
const longestHello = 16_384;

/**
 * The other side of a connection, whatever carries it: says who speaks, reads its frames in order and answers them, ends
 * with a documented cause.
 */
export class Peer implements Reader {
  readonly #parts: PeerParts;
  readonly #options: PeerOptions;
  readonly line: Line;
  readonly #openedAt: number;
  #actor: Actor | undefined;
  #expiresAt = 0;
  /** Beats since anything was heard. Counted, not timed, so that a machine that slept finds nobody dead. */
  #unanswered = 0;
  /** Whoever never said anything only listens, and need not. */
  #hasSpoken = false;
  readonly #gate = new FrameGate();
  #isEnded = false;
  sessionId: string | undefined;

  constructor(parts: PeerParts, line: Line, options: PeerOptions) {
    this.#parts = parts;
    this.line = line;
    this.#options = options;
    this.#openedAt = parts.context.clock();
  }

  get actor(): Actor {
    if (!this.#actor) throw new Error('Nobody has said hello to this peer yet.');
    return this.#actor;
  }

  get connection(): string | undefined {
    return this.#options.connection;
  }

  /** Whether it is known who speaks. */
  get isKnown(): boolean {
    return this.#actor !== undefined;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** The line is gone, or about to be: nothing more is heard or said. */
  ended(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    if (this.#actor) this.#parts.hub.leave(this);
    this.#options.onEnd?.();
  }

  close(code: number, reason: string): void {
    if (this.#isEnded) return;
    this.ended();
    this.line.close(code, reason);
  }

  closeWith(code: CloseCode): void {
    this.close(code, closeCodes[code].reason);
  }

  deliver(frame: EncodedFrame): void {
    if (this.#isEnded) return;
    this.line.send(frame);
    if (this.line.bufferedBytes <= this.#parts.context.tuning.maxBufferedBytes) return;
    this.#parts.context.logger.info(
      { participant: this.#actor?.id },
      'A reader was too slow and was closed.',
    );
    this.close(4429, 'reading too slowly');
    // The notice waits behind all that was not read; whoever does not read will not read that either.
    this.line.cut();
  }

  /** A quarter of what ends it is left for what happens meanwhile. */
  get isBehind(): boolean {
    return this.line.bufferedBytes > this.#parts.context.tuning.maxBufferedBytes / 4;
  }

  #say(frame: ServerFrame): void {
    this.deliver(encode(frame));
  }

  /** Looks at the clock: a missing `hello`, a token that ran out, a peer that is dead. Beats for those that are alive. */
  check(now: number, isBeat: boolean): void {
    if (this.#isEnded) return;
    if (!this.#actor && now - this.#openedAt >= this.#parts.context.tuning.helloTimeoutMs)
      return this.closeWith(4408);
    if (this.#actor && now >= this.#expiresAt) return this.closeWith(4401);
    if (!isBeat) return;
    if (this.#hasSpoken && this.#unanswered >= 2) {
      this.ended();
      return this.line.cut();
    }
    this.#unanswered++;
    this.line.beat();
  }

  /** Something came from the other side, whatever it was. */
  heard(): void {
    this.#hasSpoken = true;
    this.#unanswered = 0;
  }

  /** Why no more frames are taken now, or none of so many bytes, if so. */
  limit(bytes = 0): Problem | undefined {
    if (!this.#actor && !this.#gate.isShut && bytes > longestHello)
      return makeProblem('frame_too_large', `Say hello first, in at most ${longestHello} bytes.`);
    if (!this.#gate.hasRoomFor(bytes))
      return makeProblem('rate_limited', 'Too many frames wait here already. Send them one after the other.');
    return limitOf(this.#parts.frameRate, this.#options.key);
  }

  /**
   * Takes a frame; each after those before it. Resolves once it was answered.
   *
   * @param answer hears what becomes of a command, and what could not be served. Default: said over the line.
   * @param bytes how much it keeps in memory while it waits
   * @throws whatever went wrong here and is no refusal
   */
  async hear(read: ReadFrame, answer: Answer = (frame) => this.#say(frame), bytes = 0): Promise<void> {
    this.heard();
    while (this.#gate.isShut) await this.#gate.wait(bytes);
    if (this.#isEnded) return;
    const taken = this.#take(read, answer);
    // Only frames that say who speaks keep the next one waiting.
    if (taken && read.kind === 'frame' && (read.frame.type === 'hello' || read.frame.type === 'token'))
      this.#gate.shutDuring(taken);
    await taken;
  }

  #take(read: ReadFrame, answer: Answer): Promise<void> | undefined {
    switch (read.kind) {
      case 'invalid':
        if (this.#actor) return void answer({ type: 'problem', problem: read.problem });
        return void this.closeWith(4400);
      case 'malformed command':
        if (this.#actor) return this.#execute(read.command, answer, read.problem);
        return void this.closeWith(4401);
      case 'frame':
        return this.#serve(read.frame, answer);
    }
  }

  #serve(frame: ClientFrame, answer: Answer): Promise<void> | undefined {
    if (frame.type === 'hello') return this.#actor ? void this.closeWith(4400) : this.#hello(frame);
    if (!this.#actor) return void this.closeWith(4401);
    if (frame.type === 'ping') return void this.#say({ type: 'pong' });
    if (this.#parts.context.clock() >= this.#expiresAt && frame.type !== 'token')
      return void this.closeWith(4401);
    switch (frame.type) {
      case 'token':
        return this.#refresh(frame.token);
      case 'subscribe':
        this.line.follow?.(frame.stream, frame.cursor);
        return this.#parts.hub.subscribe(this, frame.stream, frame.cursor);
      case 'unsubscribe':
        this.line.unfollow?.(frame.stream);
        return void this.#parts.hub.unsubscribe(this, frame.stream);
      case 'command':
        return this.#execute(frame, answer);
      case 'signal':
        if (limitOf(this.#parts.signalRate, this.actor.id)) return undefined;
        return this.#parts.hub.signal(this.actor, frame.signal);
    }
  }

  async #hello({ token, versions }: Extract<ClientFrame, { type: 'hello' }>): Promise<void> {
    const unsupported = versionProblem(versions);
    if (unsupported) {
      this.#say({ type: 'problem', problem: unsupported });
      return this.closeWith(4406);
    }
    const verified = await this.#verify(token);
    if (!verified || this.#isEnded) return;
    this.welcome(verified);
    this.#options.onWelcome?.();
  }

  /** Knows from here on who speaks, and hears of what happens. */
  welcome(verified: VerifiedToken): void {
    this.identify(verified);
    const { context, hub } = this.#parts;
    this.#say(welcomeFrame(context, verified, this.connection));
    hub.join(this);
  }

  /** Speaks for somebody, without a word. */
  identify({ actor, expiresAt, sessionId }: VerifiedToken): void {
    this.#actor = actor;
    this.#expiresAt = expiresAt;
    this.sessionId = sessionId;
  }

  /** Goes on as long as the token of a request lasts, if that is longer. */
  extend(verified: VerifiedToken): void {
    if (verified.expiresAt > this.#expiresAt) this.identify(verified);
    this.heard();
  }

  /** Whether a token speaks for the one who is here already. */
  isOf({ actor: { id, role, tenantId } }: VerifiedToken): boolean {
    const { actor } = this;
    return id === actor.id && role === actor.role && tenantId === actor.tenantId;
  }

  /** A fresh token extends the connection; one of somebody else ends it, so that nobody sees another's chat. */
  async #refresh(token: string): Promise<void> {
    const verified = await this.#verify(token);
    if (!verified || this.#isEnded) return;
    if (!this.isOf(verified)) return this.closeWith(4410);
    this.identify(verified);
  }

  async #verify(token: string): Promise<VerifiedToken | undefined> {
    try {
      return await this.#parts.context.identity.verify(token);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.#say({ type: 'problem', problem: error.problem });
      this.closeWith(4401);
      return undefined;
    }
  }

  async #execute(command: NumberedCommand, answer: Answer, malformed?: Problem): Promise<void> {
    const { patienceMs } = this.#options;
    answer(await runCommand(this.#parts, this.actor, command, { malformed, patienceMs }));
  }

  /** An error of ours: it is written down, and the client comes back on a fresh connection. */
  failed(error: unknown): void {
    if (error instanceof ProblemError) return this.#say({ type: 'problem', problem: error.problem });
    if (!(error instanceof StorageFailedError))
      this.#parts.context.logger.error({ err: error }, 'A frame could not be served.');
    this.closeWith(1011);
  }
}
