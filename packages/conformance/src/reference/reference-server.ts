import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  closeCodes,
  laneOf,
  makeProblem,
  parseStream,
  protocolVersion,
  subprotocol,
  type ClientFrame,
  type LogEvent,
  type ServerFrame,
  type Signal,
} from '@sahay/protocol';
import { validateClientFrame } from '@sahay/protocol/validate-ajv';
import { WebSocketServer, type WebSocket } from 'ws';
import { answerRequest, claimsOf } from './answer-request.ts';
import { HttpSeats } from './http-seats.ts';
import { OpenAnswers } from './open-answers.ts';
import { ReferencePresence } from './presence.ts';
import { Rate } from './rate.ts';
import { RecordedBackend } from './recorded-backend.ts';
import {
  soundSeams,
  type NumberedCommand,
  type PlainRequest,
  type PlainResponse,
  type Reply,
  type Seams,
} from './seams.ts';
import { Seat } from './seat.ts';
import { ReferenceSettings } from './settings.ts';
import { Tokens, type Claims } from './tokens.ts';
import { VirtualClock } from './virtual-clock.ts';
import { ReferenceWebhooks } from './webhooks.ts';
import { bot, heartbeatMs, limits, tenantId } from './world.ts';

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
  readonly webhooks: ReferenceWebhooks;
  readonly settings: ReferenceSettings;
  readonly files = new Map<string, Buffer>();
  /** Every frame that came, and whose it was. */
  readonly received: { frame: ClientFrame; seat: Seat; at: number }[] = [];
  /** The addresses of all requests. */
  readonly addresses: string[] = [];
  /** The consent that messages need. */
  requiredConsent: string | undefined;
  readonly #seats = new Set<Seat>();
  readonly #httpSeats = new HttpSeats(this);
  readonly #presence = new ReferencePresence(this);
  readonly #rate = new Rate(100, 40);
  readonly #sockets: WebSocketServer;
  readonly #http: Server;

  private constructor(seams: Partial<Seams>) {
    this.seams = { ...soundSeams, ...seams };
    const settings = (this.settings = new ReferenceSettings({ limits, bot, surveyOnClose: 'csat' }));
    const { clock, tokens } = this;
    this.log = new RecordedBackend({ tenantId, policy: () => settings.policy, clock, tokens });
    this.webhooks = new ReferenceWebhooks(this.clock, (request) => this.seams.webhook(request));
    this.log.onEvent((event) => this.#publish(event));
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: this.seams.largestFrame(limits.maxFrameBytes),
      handleProtocols: (offered) => this.#protocol([...offered]),
    });
    this.#http = createServer((request, response) => void this.#serveHttp(request, response));
    this.#http.on('upgrade', (request, socket, head) => {
      this.addresses.push(request.url ?? '');
      const upgrade = (): void =>
        this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#accept(ws));
      socket.on('error', () => socket.destroy());
      const wait = this.seams.hold('handshake');
      if (wait > 0) setTimeout(upgrade, wait);
      else upgrade();
    });
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
    this.webhooks.set(undefined);
    this.drop();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** Who is connected and known. */
  get seats(): Seat[] {
    return [...this.#seats];
  }

  /** Cuts every connection without a word. */
  drop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#httpSeats.drop();
  }

  #protocol(offered: string[]): string | false {
    const sound = offered.includes(subprotocol) ? subprotocol : (offered[0] ?? false);
    return this.seams.chooseProtocol(offered, sound);
  }

  #accept(socket: WebSocket): void {
    const sound = socket.protocol === subprotocol ? undefined : 4406;
    const refused = this.seams.refuseProtocol(socket.protocol, sound);
    if (refused !== undefined) return socket.close(refused, closeCodes[4406].reason);
    const put = (frame: unknown): void =>
      socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
    const seat = new Seat('websocket', put, (code) => socket.close(code));
    let unanswered = 0;
    const unlisten = this.clock.onJump(() => {
      if (this.seams.closeCode(1006, seat) === undefined) return;
      if (unanswered++ >= 2) socket.terminate();
      else socket.ping();
    });
    socket.on('pong', () => (unanswered = 0));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      unlisten();
      this.leave(seat);
    });
    socket.on('message', (data: Buffer) => this.receive(seat, data.toString()));
  }

  leave(seat: Seat): void {
    if (!this.#seats.delete(seat)) return;
    this.#presence.changed(seat, false);
    this.seams.left(seat, () => this.failAnswers());
  }

  /** Ends all answers that are still streaming, as the sweep at the start does. */
  failAnswers(): void {
    for (const messageId of this.answers.ids) this.log.fail(messageId, this.answers.get(messageId)!);
  }

  /** Takes what somebody sent over a socket. */
  receive(seat: Seat, text: string): void {
    this.hear(seat, parsed(text));
  }

  /** Takes a frame that was JSON; what was none is `undefined`. */
  hear(seat: Seat, value: unknown): void {
    if (seat.isEnded) return;
    const close = (code: number): void => {
      const chosen = this.seams.closeCode(code, seat);
      if (chosen !== undefined) seat.end(chosen);
    };
    if (value === undefined) return close(4400);
    const verdict = validateClientFrame(value);
    if (!verdict.valid) return seat.claims ? this.#invalid(seat, value, verdict.error) : close(4401);
    const frame = verdict.value;
    this.received.push({ frame, seat, at: Date.now() });
    if (this.seams.incoming(frame, seat)) return;
    if (frame.type === 'hello' || frame.type === 'token') return this.#identify(seat, frame, close);
    if (!seat.claims) return close(4401);
    this.serve(seat, frame);
  }

  #identify(
    seat: Seat,
    { token }: Extract<ClientFrame, { token: string }>,
    close: (code: number) => void,
  ): void {
    const claims = this.tokens.claims(token);
    if (!claims || claims === 'expired' || claims.actor.tenantId !== tenantId) return close(4401);
    if (seat.claims && seat.claims.actor.id !== claims.actor.id) return close(4410);
    if (seat.claims) seat.claims = claims;
    else this.welcome(seat, claims);
  }

  /** Greets somebody who is known now. */
  welcome(seat: Seat, claims: Claims, connection?: string): void {
    seat.claims = claims;
    this.#seats.add(seat);
    const { tenantId: _tenant, ...participant } = claims.actor;
    this.say(seat, {
      type: 'welcome',
      participant,
      serverTime: new Date(this.clock.now()).toISOString(),
      tokenExpiresAt: new Date(claims.expiresAt).toISOString(),
      heartbeatMs,
      limits,
      version: protocolVersion,
      ...(connection && { connection }),
    });
    this.#presence.changed(seat, true);
  }

  /** A frame that is not of the schema: refused in its lane where it has one. */
  #invalid(seat: Seat, value: unknown, error: string): void {
    const { outboxId, n, command } = (value ?? {}) as Extract<ClientFrame, { type: 'command' }>;
    const isNumbered =
      typeof command?.type === 'string' && typeof outboxId === 'string' && Number.isSafeInteger(n);
    if (!isNumbered || !seat.actor)
      return this.say(seat, { type: 'problem', problem: makeProblem('invalid_frame', error) });
    const known = this.log.isKnown(command.type);
    this.say(
      seat,
      this.log.refuse(
        seat.actor,
        { outboxId, n, command },
        makeProblem(known ? 'invalid_command' : 'unknown_command', error),
      ),
    );
  }

  /** Serves a frame of somebody who is known. */
  serve(seat: Seat, frame: Exclude<ClientFrame, { token: string }>): void {
    switch (frame.type) {
      case 'ping':
        return this.say(seat, { type: 'pong' });
      case 'unsubscribe':
        return void seat.streams.delete(frame.stream);
      case 'subscribe':
        return this.#subscribe(seat, frame);
      case 'command':
        return this.#command(seat, frame);
      case 'signal':
        return this.#relay(seat, frame.signal);
    }
  }

  #command(seat: Seat, frame: NumberedCommand): void {
    const actor = seat.actor!;
    const wait = actor.role === 'visitor' ? this.#rate.take(actor.id) : 0;
    const { outboxId, n, command } = frame;
    if (wait > 0) {
      const problem = makeProblem('rate_limited', 'Too much at once.', { retryAfterMs: wait });
      return this.say(seat, { type: 'reject', outboxId, n, lane: laneOf(command), problem });
    }
    this.say(
      seat,
      this.seams.execute(actor, frame, (changed) => this.#run(seat, changed ?? frame), seat),
    );
  }

  #run(seat: Seat, frame: NumberedCommand): Reply {
    const actor = seat.actor!;
    const { command } = frame;
    if (command.type === 'message.send' && !this.#hasConsent(actor.id)) {
      const purpose = this.requiredConsent;
      return this.log.refuse(actor, frame, makeProblem('consent_required', 'Ask for it first.', { purpose }));
    }
    if (command.type === 'attachment.complete' && !this.files.has(command.data.attachmentId))
      return this.log.refuse(actor, frame, makeProblem('attachment_incomplete', 'Put the bytes first.'));
    const reply = this.log.execute(actor, frame);
    if (command.type !== 'attachment.create' || reply.type !== 'ack') return reply;
    const uploadUrl = `/v1/attachments/${command.data.attachmentId}/content`;
    return { ...reply, result: { ...reply.result, uploadUrl } };
  }

  #hasConsent(userId: string): boolean {
    if (this.requiredConsent === undefined) return true;
    const { snapshot } = this.log.read(`user:${userId}`).subscribed;
    const consents = snapshot?.kind === 'user' ? snapshot.consents : [];
    return consents.some(({ purpose, granted }) => granted && purpose === this.requiredConsent);
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
    this.#presence.opened(seat, stream);
  }

  #relay(seat: Seat, signal: Signal): void {
    const actor = seat.actor!;
    if (signal.type !== 'typing') return;
    const data = { expiresInMs: 5_000, ...signal.data, participantId: actor.id };
    this.tell({ type: 'typing', data }, signal.data.conversationId, seat);
  }

  /** Tells all who read a conversation. */
  tell(signal: Signal, conversationId: string, except?: Seat): void {
    for (const seat of this.#seats)
      if (seat !== except && seat.reads(conversationId)) this.say(seat, { type: 'signal', signal });
  }

  say(seat: Seat, frame: ServerFrame): void {
    for (const put of this.seams.outgoing(frame, seat)) seat.put(put);
  }

  #publish(event: LogEvent): void {
    this.answers.observe(event);
    this.webhooks.tell(event);
    for (const seat of this.#seats)
      if (seat.streams.has(event.stream)) this.say(seat, { type: 'event', event });
  }

  #expire(): void {
    for (const seat of this.#seats)
      if (seat.claims && seat.claims.expiresAt <= this.clock.now()) {
        const code = this.seams.closeCode(4401, seat);
        if (code !== undefined) seat.end(code);
      }
  }

  async #serveHttp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const plain: PlainRequest = {
      method: request.method ?? 'GET',
      url: new URL(request.url ?? '/', this.url),
      headers: request.headers as Record<string, string | undefined>,
      body: Buffer.concat(chunks),
    };
    this.addresses.push(request.url ?? '');
    const wait = this.seams.hold('request');
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const carried = await this.#serveTransport(plain, response);
    if (carried === 'streams') return;
    const sound = (): PlainResponse => carried ?? answerRequest(this, plain);
    const { status, body, headers } = this.seams.request(plain, sound);
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  /** Frames over HTTP; nothing for every other request. */
  async #serveTransport(
    request: PlainRequest,
    response: ServerResponse,
  ): Promise<PlainResponse | 'streams' | undefined> {
    const { pathname, searchParams } = request.url;
    if (!['/v1/events', '/v1/poll', '/v1/frames'].includes(pathname)) return undefined;
    const claims = claimsOf(this, request);
    if ('status' in claims) return claims;
    const body = (parsed(request.body.toString()) ?? {}) as {
      versions?: string[];
      connection?: string;
      frames?: unknown[];
    };
    const versions = searchParams.get('versions')?.split(',') ?? body.versions ?? [protocolVersion];
    if (!versions.includes(protocolVersion)) return { status: 406, body: makeProblem('unsupported_version') };
    if (pathname === '/v1/poll') return this.#httpSeats.poll(claims, body);
    if (pathname === '/v1/frames')
      return this.#httpSeats.frames(claims, { connection: body.connection ?? '', frames: body.frames ?? [] });
    this.#httpSeats.stream(claims, request, response);
    return 'streams';
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
