import {
  defaultLimits,
  makeProblem,
  type LogEvent,
  type Problem,
  type ServerFrame,
  type Signal,
  type StreamName,
} from '@sahay/protocol';
import type { Actor, MemoryBackend } from '@sahay/protocol/core';
import { validateClientFrame } from '@sahay/protocol/validate';

/** What a session needs of the world around it. */
export interface SessionHost {
  backend: MemoryBackend;
  /** Who a token speaks for; `undefined` when it is not accepted. */
  actorOf(token: string): Actor | undefined;
  now(): number;
  /** Passes a signal on to all sessions that may read the conversation. */
  relay(signal: Signal, from: Session): void;
}

/** One socket's side of the protocol: frames come in, frames go out. */
export class Session {
  readonly #host: SessionHost;
  readonly #send: (frame: ServerFrame) => void;
  readonly #close: (code: number, reason: string) => void;
  readonly #streams = new Set<StreamName>();
  readonly #unsubscribe: () => void;
  actor: Actor | undefined;

  constructor(
    host: SessionHost,
    send: (frame: ServerFrame) => void,
    close: (code: number, reason: string) => void,
  ) {
    this.#host = host;
    this.#send = send;
    this.#close = close;
    this.#unsubscribe = host.backend.onEvent((event) => this.#deliver(event));
  }

  end(): void {
    this.#unsubscribe();
    this.#streams.clear();
  }

  /** Whether this session reads the conversation, and so hears its signals. */
  reads(conversationId: string): boolean {
    return [...this.#streams].some((stream) => stream.startsWith(`conversation:${conversationId}:`));
  }

  signal(signal: Signal): void {
    this.#send({ type: 'signal', signal });
  }

  receive(text: string): void {
    const verdict = validateClientFrame(parse(text));
    if (!verdict.valid) {
      this.#problem(makeProblem('invalid_frame', `${verdict.error}. See docs/protocol for the frames.`));
      return;
    }
    const frame = verdict.value;
    if (frame.type === 'hello' || frame.type === 'token') {
      this.#identify(frame.token);
      return;
    }
    if (frame.type === 'ping') {
      this.#send({ type: 'pong' });
      return;
    }
    const { actor } = this;
    if (!actor) {
      this.#close(4401, 'token refused');
      return;
    }
    switch (frame.type) {
      case 'subscribe':
        return this.#subscribe(actor, frame.stream, frame.cursor);
      case 'unsubscribe':
        this.#streams.delete(frame.stream);
        return;
      case 'command':
        return this.#send(this.#host.backend.execute(actor, { ...frame, command: frame.command }));
      case 'signal':
        return this.#relay(actor, frame.signal);
    }
  }

  #identify(token: string): void {
    const actor = this.#host.actorOf(token);
    if (!actor) {
      this.#close(4401, 'token refused');
      return;
    }
    if (this.actor && this.actor.id !== actor.id) {
      this.#close(4410, 'session ended');
      return;
    }
    const first = !this.actor;
    this.actor = actor;
    if (!first) return;
    const { tenantId: _tenant, ...participant } = actor;
    const serverTime = new Date(this.#host.now()).toISOString();
    this.#send({ type: 'welcome', participant, serverTime, heartbeatMs: 25_000, limits: defaultLimits });
  }

  #subscribe(actor: Actor, stream: StreamName, cursor: Parameters<MemoryBackend['read']>[1]): void {
    if (!this.#host.backend.mayRead(actor, stream)) {
      this.#problem(makeProblem('not_found', `There is no stream ${stream} of yours.`), stream);
      return;
    }
    const { subscribed, events } = this.#host.backend.read(stream, cursor);
    this.#streams.add(stream);
    this.#send(subscribed);
    for (const event of events) this.#send({ type: 'event', event });
  }

  #relay(actor: Actor, signal: Signal): void {
    if (signal.type !== 'typing' && signal.type !== 'message.delta' && signal.type !== 'message.replaced')
      return;
    if (signal.type !== 'typing' && actor.role === 'visitor') return;
    const { conversationId } = signal.data;
    if (!this.reads(conversationId)) return;
    this.#host.relay({ ...signal, data: { ...signal.data, participantId: actor.id } } as Signal, this);
  }

  #deliver(event: LogEvent): void {
    if (this.#streams.has(event.stream)) this.#send({ type: 'event', event });
  }

  #problem(problem: Problem, stream?: StreamName): void {
    this.#send({ type: 'problem', problem, ...(stream && { stream }) });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
