import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeCodes, subprotocol, type CloseCode } from '@sahay/protocol';
import { WebSocketServer, type WebSocket } from 'ws';
import type { RateLimit, ServerContext } from '../context.ts';
import { isOriginAllowed } from '../http/origins.ts';
import { RateLimiter } from '../http/rate-limiter.ts';
import type { LiveHub } from '../hub/live-hub.ts';
import { Connection, type ConnectionParts } from './connection.ts';

/** Where sockets are served. */
export const socketPath = '/v1/socket';

const checkEveryMs = 1_000;

/** Serves the protocol over WebSockets, on the upgrade requests of any Node HTTP server. */
export class SocketServer {
  readonly #context: ServerContext;
  readonly #parts: ConnectionParts;
  readonly #sockets: WebSocketServer;
  readonly #connections = new Map<WebSocket, Connection>();
  readonly #timer: NodeJS.Timeout;
  #opened = 0;
  #beatAt: number;

  constructor(context: ServerContext, hub: LiveHub) {
    const { clock, tuning, policy } = context;
    this.#context = context;
    this.#parts = {
      context,
      hub,
      commandRate: new RateLimiter(tuning.commandRate, clock),
      agentCommandRate: new RateLimiter(timesFive(tuning.commandRate), clock),
      signalRate: new RateLimiter(tuning.signalRate, clock),
      frameRate: new RateLimiter(tuning.frameRate, clock),
    };
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: policy.limits.maxFrameBytes,
      perMessageDeflate: false,
      clientTracking: false,
      // A browser drops a connection whose subprotocol is not answered, and with it the close code that says why. So the
      // first one offered is answered, and what we don't speak is closed with 4406.
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : ([...offered][0] ?? false)),
    });
    this.#beatAt = clock();
    this.#timer = setInterval(() => this.check(), checkEveryMs).unref();
  }

  /** Takes an upgrade request of an HTTP server. What is not for the socket's path is refused. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', (error) => this.#context.logger.debug({ err: error }, 'An upgrade failed.'));
    if (request.url?.split('?')[0] !== socketPath) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#open(ws, request));
  }

  /** Nothing of a page that may not use this server is read: it only learns why, so that it stops trying. */
  #open(ws: WebSocket, request: IncomingMessage): void {
    const { config } = this.#context;
    const refuse = (code: CloseCode): void => {
      ws.on('error', (error) => this.#context.logger.debug({ err: error }, 'A refused socket failed.'));
      ws.close(code, closeCodes[code].reason);
    };
    if (!isOriginAllowed(config, request.headers.origin, request.headers.host)) return refuse(4403);
    if (ws.protocol !== subprotocol) return refuse(4406);
    const connection = new Connection(this.#parts, ws, `s${++this.#opened}`);
    this.#connections.set(ws, connection);
    ws.on('close', () => {
      this.#connections.delete(ws);
      connection.ended();
    });
  }

  /** Looks at every connection; called once a second. */
  check(): void {
    const now = this.#context.clock();
    const isBeat = now - this.#beatAt >= this.#context.tuning.heartbeatMs;
    if (isBeat) this.#beatAt = now;
    for (const connection of this.#connections.values()) connection.check(now, isBeat);
  }

  /** How many sockets are open. */
  get size(): number {
    return this.#connections.size;
  }

  /** Closes all sockets, so that their clients come back to the next process. */
  async close(code: CloseCode = 1012): Promise<void> {
    clearInterval(this.#timer);
    const open = [...this.#connections.keys()];
    for (const connection of this.#connections.values()) connection.close(code, closeCodes[code].reason);
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, 1_000).unref());
    await Promise.race([Promise.all(open.map(closed)), deadline]);
    for (const ws of open) ws.terminate();
  }
}

const timesFive = ({ burst, perSecond }: RateLimit): RateLimit => ({
  burst: 5 * burst,
  perSecond: 5 * perSecond,
});

const closed = (ws: WebSocket): Promise<void> =>
  ws.readyState === ws.CLOSED
    ? Promise.resolve()
    : new Promise((resolve) => ws.once('close', () => resolve()));
