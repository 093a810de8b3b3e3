import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeCodes, subprotocol, type CloseCode } from '@sahay/protocol';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ServerContext } from '../context.ts';
import { requestAddress } from '../http/client-address.ts';
import { isOriginAllowed } from '../http/origins.ts';
import { rateKey } from '../http/rate-key.ts';
import { RateLimiter } from '../http/rate-limiter.ts';
import { limitOf } from '../peer/limit-of.ts';
import { parseFrame } from '../peer/parse-frame.ts';
import type { Peer } from '../peer/peer.ts';
import type { Peers } from '../peer/peers.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { SocketLine } from './socket-line.ts';

/** Where sockets are served. */
export const socketPath = '/v1/socket';

/**
 * A thousand pieces are more than any browser makes of a frame, and few enough to hold. Whoever does not answer a close is
 * waited for only so many ms. (The published types of `ws` do not know them yet.)
 */
const bounds = { maxFragments: 1_024, closeTimeout: 5_000 };

/** Serves the protocol over WebSockets, on the upgrade requests of any Node HTTP server. */
export class SocketServer {
  readonly #context: ServerContext;
  readonly #peers: Peers;
  readonly #server: WebSocketServer;
  readonly #sockets = new Set<WebSocket>();
  readonly #upgradeRate: RateLimiter;

  constructor(peers: Peers) {
    this.#context = peers.context;
    this.#peers = peers;
    this.#upgradeRate = new RateLimiter(this.#context.tuning.upgradeRate, this.#context.clock);
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: this.#context.policy.limits.maxFrameBytes,
      perMessageDeflate: false,
      clientTracking: false,
      ...bounds,
      // A browser drops a connection whose subprotocol is not answered, and with it the close code that says why. So the
      // first one offered is answered, and what we don't speak is closed with 4406.
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : ([...offered][0] ?? false)),
    });
  }

  /** Takes an upgrade request of an HTTP server. What is not for the socket's path is refused. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', this.#upgradeFailed);
    if (request.url?.split('?')[0] !== socketPath) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const address = requestAddress(request, this.#context.config.trustProxy);
    const limited = limitOf(this.#upgradeRate, rateKey(address));
    if (limited) return refuseUpgrade(socket, limited);
    this.#server.handleUpgrade(request, socket, head, this.#open);
  }

  // One for all sockets: made for each, they would keep its request, headers and all, as long as it is open.
  readonly #upgradeFailed = (error: Error): void =>
    this.#context.logger.debug({ err: error }, 'An upgrade failed.');

  /** Nothing of a page that may not use this server is read: it only learns why, so that it stops trying. */
  readonly #open = (ws: WebSocket, request: IncomingMessage): void => {
    ws.on('error', (error) => this.#context.logger.debug({ err: error }, 'A socket failed.'));
    const refuse = (code: CloseCode): void => ws.close(code, closeCodes[code].reason);
    if (!isOriginAllowed(this.#context.config, request.headers.origin, request.headers.host))
      return refuse(4403);
    if (ws.protocol !== subprotocol) return refuse(4406);
    const peer = this.#peers.open(new SocketLine(ws));
    this.#sockets.add(ws);
    ws.on('message', (data: Buffer, isBinary: boolean) => hear(peer, data, isBinary));
    // Pings and pongs are answered without being read: counted like frames, a flood of them ends like one.
    const pinged = (): void => (peer.limit() ? peer.closeWith(4429) : peer.heard());
    ws.on('ping', pinged);
    ws.on('pong', pinged);
    ws.on('close', () => {
      this.#sockets.delete(ws);
      peer.ended();
    });
  };

  /** Waits until the sockets of peers that were closed are gone, but not long. */
  async close(): Promise<void> {
    const open = [...this.#sockets];
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, 1_000)));
    await Promise.race([Promise.all(open.map(closed)), deadline]);
    clearTimeout(timer);
    for (const ws of open) ws.terminate();
  }
}

function hear(peer: Peer, data: Buffer, isBinary: boolean): void {
  if (peer.isEnded) return;
  if (isBinary) return peer.closeWith(4400);
  const limited = peer.limit(data.length);
  if (limited) return peer.closeWith(limited.code === 'frame_too_large' ? 4400 : 4429);
  const read = parseFrame(data.toString());
  if (read.kind === 'not json') return peer.closeWith(4400);
  peer.hear(read, undefined, data.length).catch((error: unknown) => peer.failed(error));
}

const closed = (ws: WebSocket): Promise<void> =>
  ws.readyState === ws.CLOSED
    ? Promise.resolve()
    : new Promise((resolve) => ws.once('close', () => resolve()));
