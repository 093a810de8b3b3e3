import type {
  AckFrame,
  ClientFrame,
  Cursor,
  LogEvent,
  Problem,
  RejectFrame,
  ServerFrame,
  Signal,
  StreamName,
  WelcomeFrame,
} from '../generated/types.ts';
import { closeCodes, type CloseCode } from '../close-codes.ts';
import { makeProblem } from '../problem.ts';
import { validateClientFrame } from '../validate/index.ts';
import { readClientFrame, type NumberedCommand } from '../validate/read-client-frame.ts';
import type { MemoryBackend } from './memory-backend.ts';
import type { Actor } from './types.ts';

/** What sessions need of the world around them. */
export interface FrameSessionHost {
  /** Where streams are read. */
  backend: Pick<MemoryBackend, 'read' | 'mayRead' | 'onEvent'>;
  /** Whom a token speaks for, and until when (ms since 1970); or why it is refused. */
  verify(token: string): { actor: Actor; expiresAt?: number } | { problem: Problem };
  /**
   * Runs a command, on disk where there is one.
   *
   * @param refusal why it is refused in its lane without being decided: it is malformed
   */
  execute(actor: Actor, command: NumberedCommand, refusal?: Problem): AckFrame | RejectFrame;
  /** What a welcome says beyond who it is and when. */
  welcome: Pick<WelcomeFrame, 'heartbeatMs' | 'limits'>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Passes a signal on to the other sessions that read its conversation. Without it signals are dropped. */
  relay?(signal: Signal, from: FrameSession): void;
}

/** Where a session's frames go. */
export interface FrameLine {
  send(frame: ServerFrame): void;
  close(code: number, reason: string): void;
}

/**
 * The server's side of one socket (§ 8.1), without I/O: text frames come in, frames and a close code go out. Timers (a
 * missing `hello`, heartbeats) are its owner's.
 *
 * @example
 * const session = new FrameSession(host, { send: (frame) => ws.send(JSON.stringify(frame)), close: (...why) => ws.close(...why) });
 * ws.on('message', (data) => session.receive(String(data)));
 * ws.on('close', () => session.end());
 */
export class FrameSession {
  readonly #host: FrameSessionHost;
  readonly #line: FrameLine;
  readonly #streams = new Set<StreamName>();
  readonly #unsubscribe: () => void;
  #expiresAt = Infinity;
  #isClosed = false;
  /** Who speaks; nobody before `hello` was accepted. */
  actor: Actor | undefined;

  constructor(host: FrameSessionHost, line: FrameLine) {
    this.#host = host;
    this.#line = line;
    this.#unsubscribe = host.backend.onEvent((event) => this.#deliver(event));
  }

  /** When the token that was last accepted ends, in ms since 1970. */
  get expiresAt(): number {
    return this.#expiresAt;
  }

  /** Stops hearing; call it when the socket is gone. */
  end(): void {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#streams.clear();
  }

  /** Whether this session reads the conversation, and so hears its signals. */
  reads(conversationId: string): boolean {
    return [...this.#streams].some((stream) => stream.startsWith(`conversation:${conversationId}:`));
  }

  /** Sends a signal on. */
  signal(signal: Signal): void {
    this.#line.send({ type: 'signal', signal });
  }

  /** Takes a text frame. Never throws for what is in it. After a close nothing is taken any more. */
  receive(text: string): void {
    if (this.#isClosed) return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return this.#close(4400);
    }
    const read = readClientFrame(value, validateClientFrame);
    if (read.kind === 'frame' && this.#admit(read.frame)) return;
    const { actor } = this;
    if (!actor) return this.#close(read.kind === 'invalid' ? 4400 : 4401);
    if (this.#host.now() >= this.#expiresAt) return this.#close(4401);
    if (read.kind === 'invalid') return this.#line.send({ type: 'problem', problem: read.problem });
    if (read.kind === 'malformed command')
      return this.#line.send(this.#host.execute(actor, read.command, read.problem));
    this.#serve(actor, read.frame);
  }

  /** What needs no actor, or makes one. */
  #admit(frame: ClientFrame): boolean {
    if (frame.type === 'ping' && this.actor) this.#line.send({ type: 'pong' });
    else if (frame.type === 'hello' && this.actor) this.#close(4400);
    else if (frame.type === 'hello') this.#identify(frame.token);
    else if (frame.type === 'token' && this.actor) this.#identify(frame.token);
    else return false;
    return true;
  }

  #identify(token: string): void {
    const verified = this.#host.verify(token);
    if ('problem' in verified) {
      this.#line.send({ type: 'problem', problem: verified.problem });
      return this.#close(4401);
    }
    const { actor, expiresAt } = verified;
    const isFirst = !this.actor;
    if (this.actor && (this.actor.id !== actor.id || this.actor.role !== actor.role))
      return this.#close(4410);
    this.actor = actor;
    this.#expiresAt = expiresAt ?? Infinity;
    if (!isFirst) return;
    const { tenantId: _tenant, ...participant } = actor;
    this.#line.send({
      type: 'welcome',
      participant,
      serverTime: new Date(this.#host.now()).toISOString(),
      ...(expiresAt !== undefined && { tokenExpiresAt: new Date(expiresAt).toISOString() }),
      ...this.#host.welcome,
    });
  }

  #serve(actor: Actor, frame: ClientFrame): void {
    switch (frame.type) {
      case 'subscribe':
        return this.#subscribe(actor, frame.stream, frame.cursor);
      case 'unsubscribe':
        return void this.#streams.delete(frame.stream);
      case 'command':
        return this.#line.send(this.#host.execute(actor, frame));
      case 'signal':
        return this.#relay(actor, frame.signal);
      default:
        return undefined;
    }
  }

  #subscribe(actor: Actor, stream: StreamName, cursor: Cursor | undefined): void {
    const { backend } = this.#host;
    if (!backend.mayRead(actor, stream)) {
      const problem = makeProblem('not_found', `There is no stream ${stream} of yours.`);
      return this.#line.send({ type: 'problem', problem, stream });
    }
    this.#streams.add(stream);
    const { subscribed, events } = backend.read(stream, cursor);
    this.#line.send(subscribed);
    for (const event of events) this.#line.send({ type: 'event', event });
  }

  #relay(actor: Actor, signal: Signal): void {
    if (signal.type !== 'typing' && signal.type !== 'message.delta' && signal.type !== 'message.replaced')
      return;
    if (signal.type !== 'typing' && actor.role === 'visitor') return;
    const { conversationId } = signal.data;
    if (!this.reads(conversationId)) return;
    this.#host.relay?.({ ...signal, data: { ...signal.data, participantId: actor.id } } as Signal, this);
  }

  #deliver(event: LogEvent): void {
    if (this.#streams.has(event.stream)) this.#line.send({ type: 'event', event });
  }

  #close(code: CloseCode): void {
    this.end();
    this.#line.close(code, closeCodes[code].reason);
  }
}
