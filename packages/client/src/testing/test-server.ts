import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  defaultLimits,
  type ClientFrame,
  type Conversation,
  type Limits,
  type Problem,
  type ServerFrame,
  type Signal,
} from '@sahay/protocol';
import { makeProblem, protocolVersion, subprotocol } from '@sahay/protocol';
import { MemoryBackend, saysWords, type Actor } from '@sahay/protocol/core';
import ws, { type WebSocket, type WebSocketServer } from 'ws';

/** Every version of `ws` has this property; only the later ones have a named export. */
const SocketServer = (ws as unknown as { Server: typeof WebSocketServer }).Server;

const bot = { id: 'bot', role: 'bot', name: 'Test bot' } as const;
type Claims = { actor: Actor; expiresAt: number };

/** What a test server can be told to do. */
export interface TestServerOptions {
  /** A backend that outlives the server, as a disk does. */
  backend?: MemoryBackend;
  port?: number;
  limits?: Partial<Limits>;
  /** How long access tokens live, in ms. Default one hour. */
  tokenLifeMs?: number;
  heartbeatMs?: number;
  /** How many messages a snapshot holds. */
  window?: number;
  /** Whether pages around a message can be had. */
  around?: boolean;
  /** Called before each frame from a client is served; `true` swallows it. */
  intercept?: (frame: ClientFrame, socket: WebSocket) => boolean;
  /** Why a request is refused, where it is. */
  refuse?: (path: string) => Problem | undefined;
}

/** A Sahay server on a real port, over a backend in memory; for the tests of this package. */
export class TestServer {
  readonly backend: MemoryBackend;
  readonly options: TestServerOptions;
  /** Every frame that clients sent. */
  readonly received: ClientFrame[] = [];
  readonly #http: Server;
  readonly #sockets = new SocketServer({ noServer: true, handleProtocols: () => subprotocol });
  readonly #lines = new Set<{ socket: WebSocket; actor: Actor; streams: Set<string> }>();
  readonly #tokens: Map<string, Claims>;
  readonly #secrets: Map<string, Actor>;
  readonly files = new Map<string, Buffer>();
  #unlisten: () => void;
  #minted = 0;

  private constructor(options: TestServerOptions, before?: TestServer) {
    this.options = options;
    this.backend =
      before?.backend ??
      options.backend ??
      new MemoryBackend({
        tenantId: 'test',
        policy: { limits: { ...defaultLimits, ...options.limits }, bot },
        bearerOf: (token) => this.#tokens.get(token)?.actor,
        onLinked: (from) => this.#endSessionsOf(from),
      });
    this.#tokens = before ? before.#tokens : new Map();
    this.#secrets = before ? before.#secrets : new Map();
    this.#minted = before ? before.#minted : 0;
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#http.on('upgrade', (request, socket, head) =>
      this.#sockets.handleUpgrade(request, socket, head, (line) => this.#accept(line)),
    );
    this.#unlisten = this.backend.onEvent((event) => {
      for (const line of this.#lines)
        if (line.streams.has(event.stream)) say(line.socket, { type: 'event', event });
    });
  }

  static start(options: TestServerOptions = {}): Promise<TestServer> {
    return new TestServer(options).#listen(options.port ?? 0);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Dies without a word, as under SIGKILL. */
  async kill(): Promise<number> {
    const { port } = this.#http.address() as AddressInfo;
    this.#unlisten();
    for (const { socket } of this.#lines) socket.terminate();
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
    return port;
  }

  /** Another process over the same disk, on the same port. */
  restart(port: number, options: TestServerOptions = this.options): Promise<TestServer> {
    return new TestServer(options, this).#listen(port);
  }

  /** A token for a known user. */
  tokenFor(
    id: string,
    role: 'visitor' | 'agent' = 'visitor',
    lifeMs = this.options.tokenLifeMs ?? 3_600_000,
  ): string {
    // What it holds in the middle is what a site's own tokens tell of whom they speak for.
    const claims = Buffer.from(JSON.stringify({ sub: id })).toString('base64url');
    const token = `token-${++this.#minted}.${claims}.signed`;
    this.#tokens.set(token, {
      actor: { id, role, name: id, tenantId: 'test' },
      expiresAt: Date.now() + lifeMs,
    });
    return token;
  }

  revokeTokens(): void {
    this.#tokens.clear();
  }

  revokeSecrets(): void {
    this.#secrets.clear();
  }

  /** Sends a signal to everybody who is connected. */
  signal(signal: Signal): void {
    for (const { socket } of this.#lines) say(socket, { type: 'signal', signal });
  }

  /** Sends anything to everybody who is connected. */
  sayRaw(text: string): void {
    for (const { socket } of this.#lines) socket.send(text);
  }

  /** As when an anonymous visitor became a known one. */
  #endSessionsOf(id: string): void {
    for (const [token, { actor }] of this.#tokens)
      if (actor.id === id) this.#tokens.set(token, { actor, expiresAt: 0 });
    for (const { socket, actor } of this.#lines) if (actor.id === id) socket.close(4410);
  }

  closeAll(code: number): void {
    for (const { socket } of this.#lines) socket.close(code);
  }

  get connections(): number {
    return this.#lines.size;
  }

  #listen(port: number): Promise<this> {
    return new Promise((resolve) => this.#http.listen(port, '127.0.0.1', () => resolve(this)));
  }

  #accept(socket: WebSocket): void {
    let line: { socket: WebSocket; actor: Actor; streams: Set<string> } | undefined;
    socket.on('close', () => line && this.#lines.delete(line));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as ClientFrame;
      this.received.push(frame);
      if (this.options.intercept?.(frame, socket)) return;
      if (line) return this.#onFrame(frame, line);
      if (frame.type !== 'hello') return socket.close(4408);
      const claims = this.#claims(frame.token);
      if (!claims) return socket.close(4401);
      line = { socket, actor: claims.actor, streams: new Set() };
      this.#lines.add(line);
      const { tenantId: _tenant, ...participant } = claims.actor;
      say(socket, {
        type: 'welcome',
        participant,
        serverTime: new Date().toISOString(),
        tokenExpiresAt: new Date(claims.expiresAt).toISOString(),
        heartbeatMs: this.options.heartbeatMs ?? 25_000,
        limits: { ...defaultLimits, ...this.options.limits },
      });
    });
  }

  #onFrame(frame: ClientFrame, line: { socket: WebSocket; actor: Actor; streams: Set<string> }): void {
    const { socket, actor, streams } = line;
    switch (frame.type) {
      case 'command':
        return say(socket, this.backend.execute(actor, frame));
      case 'subscribe': {
        const { stream } = frame;
        if (!this.backend.mayRead(actor, stream))
          return say(socket, {
            type: 'problem',
            problem: makeProblem('not_found', `There is no ${stream}.`),
            stream,
          });
        streams.add(stream);
        const { subscribed, events } = this.backend.read(stream, frame.cursor);
        const { snapshot } = subscribed;
        if (
          snapshot?.kind === 'conversation' &&
          this.options.window &&
          snapshot.messages.length > this.options.window
        ) {
          snapshot.earlier = String(snapshot.messages.length - this.options.window);
          snapshot.messages = snapshot.messages.slice(-this.options.window);
        }
        say(socket, subscribed);
        for (const event of events) say(socket, { type: 'event', event });
        return;
      }
      case 'unsubscribe':
        return void streams.delete(frame.stream);
      case 'signal':
        return this.signal({
          ...frame.signal,
          data: { ...frame.signal.data, participantId: actor.id },
        } as Signal);
      case 'ping':
        return say(socket, { type: 'pong' });
      case 'token':
      case 'hello':
        return;
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://server');
    const body = await read(request);
    const actor = this.#claims((request.headers.authorization ?? '').replace('Bearer ', ''))?.actor;
    const answer = (status: number, value?: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(value && JSON.stringify(value));
    };
    const refuse = (problem: Problem) => answer(problem.status, problem);
    const path = url.pathname;
    const refusal = this.options.refuse?.(path);
    if (refusal) return refuse(refusal);
    if (path === '/.well-known/sahay')
      return answer(200, {
        protocol: 'sahay',
        versions: [protocolVersion],
        tenant: 'test',
        capabilities: [
          'streaming',
          'history',
          'identity_link',
          ...(this.options.around ? ['history_around'] : []),
        ],
        limits: { ...defaultLimits, ...this.options.limits },
        endpoints: { api: '/v1', socket: '/v1/socket' },
      });
    if (path === '/v1/welcome')
      return answer(200, {
        locale: url.searchParams.get('locale') ?? 'en',
        author: bot,
        parts: [{ partId: 'hello', type: 'text', text: 'Hello!' }],
        availability: { open: true },
      });
    if (path === '/v1/sessions')
      return answer(
        201,
        this.#session({ id: `visitor-${this.#minted + 1}`, role: 'visitor', tenantId: 'test' }),
      );
    if (path === '/v1/sessions/refresh') {
      const { refreshSecret } = JSON.parse(body.toString()) as { refreshSecret: string };
      const holder = this.#secrets.get(refreshSecret);
      return holder ? answer(200, this.#session(holder)) : refuse(makeProblem('token_invalid'));
    }
    if (!actor) return refuse(makeProblem('unauthenticated'));
    const [, kind, id = '', rest] = /^\/v1\/(conversations|attachments)\/([^/]+)\/(\w+)$/.exec(path) ?? [];
    if (kind === 'conversations' && rest === 'messages') {
      const page = this.#page(id, url.searchParams);
      return page ? answer(200, page) : refuse(makeProblem('message_not_found'));
    }
    if (kind === 'conversations' && rest === 'search')
      return answer(200, this.#matches(id, url.searchParams));
    if (kind === 'attachments' && rest === 'content' && request.method === 'PUT') {
      if (body.length > defaultLimits.maxAttachmentBytes) return refuse(makeProblem('attachment_too_large'));
      this.files.set(id, body);
      return answer(204);
    }
    if (kind === 'attachments' && rest === 'link')
      return answer(200, {
        url: `/v1/attachments/${id}/content?signature=${++this.#minted}`,
        expiresAt: new Date(Date.now() + 300_000).toISOString(),
      });
    return refuse(makeProblem('not_found'));
  }

  /** The page that a query asks for; none around a message that is not there. */
  #page(id: string, query: URLSearchParams): object | undefined {
    const all = [...(this.backend.conversation(id)?.messages.values() ?? [])];
    const limit = Number(query.get('limit') ?? 50);
    const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
    const found = all.findIndex((message) => message.id === around);
    if (around && found < 0) return undefined;
    const start = around ? found - limit / 2 : after ? Number(after) : Number(before) - limit;
    const from = Math.max(0, Math.ceil(start));
    const to = Math.min(all.length, before ? Number(before) : from + limit);
    return {
      messages: all.slice(from, to),
      ...(from > 0 && { earlier: String(from) }),
      ...(!before && to < all.length && { later: String(to) }),
    };
  }

  /** Looks through 30 messages at a time. */
  #matches(id: string, query: URLSearchParams): object {
    const end = Number(query.get('before'));
    const start = Math.max(0, end - 30);
    const matches = [...(this.backend.conversation(id)?.messages.values() ?? [])]
      .slice(start, end)
      .filter((message) => saysWords(message, query.get('q') ?? ''))
      .map((message) => ({ messageId: message.id, createdAt: message.createdAt }));
    return { matches, ...(start > 0 && { earlier: String(start) }) };
  }

  #session(actor: Actor): object {
    const secret = `secret-${++this.#minted}`;
    this.#secrets.set(secret, actor);
    const lifeMs = this.options.tokenLifeMs ?? 3_600_000;
    const accessToken = this.tokenFor(actor.id, 'visitor', lifeMs);
    return {
      accessToken,
      expiresAt: new Date(Date.now() + lifeMs).toISOString(),
      refreshSecret: secret,
      participant: { id: actor.id, role: 'visitor' },
    };
  }

  #claims(token: string): Claims | undefined {
    const claims = this.#tokens.get(token);
    return claims && claims.expiresAt > Date.now() ? claims : undefined;
  }

  /** The conversation's state at the backend. */
  conversation(id: string): Conversation | undefined {
    return this.backend.conversation(id)?.conversation;
  }

  /** The texts the backend holds, in order. */
  texts(id: string): string[] {
    return [...(this.backend.conversation(id)?.messages.values() ?? [])].map((message) =>
      message.parts.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`)).join(''),
    );
  }
}

function say(socket: WebSocket, frame: ServerFrame): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
