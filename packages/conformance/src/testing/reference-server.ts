import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  closeCodes,
  makeProblem,
  parseStream,
  subprotocol,
  type ClientFrame,
  type LogEvent,
  type ServerFrame,
  type Signal,
} from '@sahay/protocol';
import type { Policy } from '@sahay/protocol/core';
import { validateClientFrame } from '@sahay/protocol/validate-ajv';
import { WebSocketServer, type WebSocket } from 'ws';
import { answerRequest } from './answer-request.ts';
import { OpenAnswers } from './open-answers.ts';
import { RecordedBackend } from './recorded-backend.ts';
import { soundSeams, type Seams } from './seams.ts';
import { Seat } from './seat.ts';
import { Tokens } from './tokens.ts';
import { VirtualClock } from './virtual-clock.ts';
import { bot, limits, tenantId } from './world.ts';

const heartbeatMs = 25_000;

/**
 * A whole server over the protocol's own core, small and in memory: what the checks are held against. With a breakage
 * it breaks one rule, and the check for that rule must notice.
 */
export class ReferenceServer {
  readonly seams: Seams;
  readonly clock = new VirtualClock();
  readonly tokens = new Tokens(() => this.clock.now());
  readonly answers = new OpenAnswers();
  readonly log: RecordedBackend;
  readonly policy: Policy = { limits, bot, surveyOnClose: 'csat' };
  readonly files = new Map<string, Buffer>();
  readonly seats = new Set<Seat>();
  readonly #sockets: WebSocketServer;
  readonly #http: Server;

  private constructor(seams: Partial<Seams>) {
    this.seams = { ...soundSeams, ...seams };
    this.log = new RecordedBackend(tenantId, this.policy, () => this.clock.now());
    this.log.onEvent((event) => this.#publish(event));
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: limits.maxFrameBytes,
      handleProtocols: (offered) => this.#protocol([...offered]),
    });
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#http.on('upgrade', (request, socket, head) =>
      this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#accept(ws)),
    );
    this.clock.onJump(() => this.#expire());
  }

  static async start(seams: Partial<Seams> = {}): Promise<ReferenceServer> {
    const server = new ReferenceServer(seams);
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.drop();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** Cuts every connection without a word. */
  drop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  #protocol(offered: string[]): string | false {
    const sound = offered.includes(subprotocol) ? subprotocol : (offered[0] ?? false);
    return this.seams.chooseProtocol(offered, sound);
  }

  #accept(socket: WebSocket): void {
    const refused = this.seams.refuseProtocol(
      socket.protocol,
      socket.protocol === subprotocol ? undefined : 4406,
    );
    if (refused !== undefined) return socket.close(refused, closeCodes[4406].reason);
    const put = (frame: unknown): void => socket.send(JSON.stringify(frame));
    const seat = new Seat('websocket', put, (code) => socket.close(code));
    let unanswered = 0;
    const unlisten = this.clock.onJump(() => {
      if (this.seams.closeCode(1006, seat) === undefined) return;
      if (unanswered++ >= 2) socket.terminate();
      else socket.ping();
    });
    socket.on('pong', () => (unanswered = 0));
    socket.on('error', () => socket.close());
    socket.on('close', () => {
      unlisten();
      this.seats.delete(seat);
    });
    socket.on('message', (data: Buffer) => this.receive(seat, data.toString()));
  }

  /** Takes what somebody sent. */
  receive(seat: Seat, text: string): void {
    const value = parsed(text);
    const close = (code: number): void => {
      const chosen = this.seams.closeCode(code, seat);
      if (chosen !== undefined) seat.end(chosen);
    };
    if (value === undefined) return close(4400);
    const verdict = validateClientFrame(value);
    if (!verdict.valid) {
      if (!seat.claims) return close(4401);
      return this.#invalid(seat, value, verdict.error);
    }
    const frame = verdict.value;
    if (this.seams.incoming(frame, seat)) return;
    if (frame.type === 'hello' || frame.type === 'token') return this.#identify(seat, frame, close);
    if (!seat.claims) return close(4401);
    this.serve(seat, frame);
  }

  #identify(seat: Seat, frame: Extract<ClientFrame, { token: string }>, close: (code: number) => void): void {
    const claims = this.tokens.claims(frame.token);
    if (!claims || claims === 'expired' || claims.actor.tenantId !== tenantId) return close(4401);
    if (seat.claims && seat.claims.actor.id !== claims.actor.id) return close(4410);
    const isFirst = !seat.claims;
    seat.claims = claims;
    if (!isFirst) return;
    this.seats.add(seat);
    const { tenantId: _tenant, ...participant } = claims.actor;
    this.say(seat, {
      type: 'welcome',
      participant,
      serverTime: new Date(this.clock.now()).toISOString(),
      tokenExpiresAt: new Date(claims.expiresAt).toISOString(),
      heartbeatMs,
      limits,
    });
  }

  /** A frame that is not of the schema: refused in its lane where it has one. */
  #invalid(seat: Seat, value: unknown, error: string): void {
    const { outboxId, n, command } = (value ?? {}) as Extract<ClientFrame, { type: 'command' }>;
    const { actor } = seat;
    if (typeof command?.type === 'string' && typeof outboxId === 'string' && Number.isSafeInteger(n) && actor)
      return this.say(seat, this.log.execute(actor, { outboxId, n, command }));
    this.say(seat, { type: 'problem', problem: makeProblem('invalid_frame', error) });
  }

  /** Serves a frame of somebody who is known. */
  serve(seat: Seat, frame: Exclude<ClientFrame, { token: string }>): void {
    const actor = seat.actor!;
    switch (frame.type) {
      case 'ping':
        return this.say(seat, { type: 'pong' });
      case 'unsubscribe':
        return void seat.streams.delete(frame.stream);
      case 'subscribe':
        return this.#subscribe(seat, frame);
      case 'command':
        return this.say(
          seat,
          this.seams.execute(actor, frame, () => this.log.execute(actor, frame), seat),
        );
      case 'signal':
        return this.#relay(seat, frame.signal);
    }
  }

  #subscribe(seat: Seat, { stream, cursor }: Extract<ClientFrame, { type: 'subscribe' }>): void {
    const actor = seat.actor!;
    if (!this.seams.mayRead(actor, stream, this.log.backend.mayRead(actor, stream))) {
      const problem = makeProblem('not_found', `There is no stream ${stream} of yours.`);
      return this.say(seat, { type: 'problem', problem, stream });
    }
    const { subscribed, events } = this.seams.read(stream, cursor, (from) => this.log.read(stream, from));
    seat.streams.add(stream);
    this.say(seat, this.answers.complete(subscribed));
    for (const event of events) this.say(seat, { type: 'event', event });
    const address = parseStream(stream);
    if (subscribed.recovered && address?.kind === 'conversation')
      for (const frame of this.answers.catchUp(address.id)) this.say(seat, frame);
  }

  #relay(seat: Seat, signal: Signal): void {
    const actor = seat.actor!;
    if (signal.type === 'typing') {
      const data = { expiresInMs: 5_000, ...signal.data, participantId: actor.id };
      return this.tell({ type: 'typing', data }, signal.data.conversationId, seat);
    }
    if (signal.type !== 'message.delta') return;
    const { messageId, text, index } = signal.data;
    const next = this.answers.grow(actor.id, messageId, text, index);
    if (next) this.tell(next, signal.data.conversationId, seat);
  }

  /** Tells all who read a conversation. */
  tell(signal: Signal, conversationId: string, except?: Seat): void {
    for (const seat of this.seats)
      if (seat !== except && seat.reads(conversationId)) this.say(seat, { type: 'signal', signal });
  }

  say(seat: Seat, frame: ServerFrame): void {
    for (const put of this.seams.outgoing(frame, seat)) seat.put(put);
  }

  #publish(event: LogEvent): void {
    this.answers.observe(event);
    for (const seat of this.seats)
      if (seat.streams.has(event.stream)) this.say(seat, { type: 'event', event });
  }

  #expire(): void {
    for (const seat of this.seats)
      if (seat.claims && seat.claims.expiresAt <= this.clock.now()) {
        const code = this.seams.closeCode(4401, seat);
        if (code !== undefined) seat.end(code);
      }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const plain = {
      method: request.method ?? 'GET',
      url: new URL(request.url ?? '/', this.url),
      headers: request.headers as Record<string, string | undefined>,
      body: Buffer.concat(chunks),
    };
    const { status, body, headers } = this.seams.request(plain, () => answerRequest(this, plain));
    const isBytes = Buffer.isBuffer(body);
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    response.writeHead(status, { ...(!isBytes && { 'content-type': type }), ...headers });
    response.end(isBytes || body === undefined ? body : JSON.stringify(body));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
