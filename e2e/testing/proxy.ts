import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex, Readable, Writable } from 'node:stream';

/** How a proxy mistreats what passes through it. */
export interface ProxyFaults {
  /** What becomes of WebSocket upgrades. `hang`: nothing ever. */
  upgrades?: 'pass' | 'refuse' | 'hang';
  /** Whether event streams are held back until they have ended. */
  holdsStreams?: boolean;
  /** Whether no connection is taken at all. */
  isDown?: boolean;
}

/** A reverse proxy with the bad manners of real ones, on a port of its own. */
export class Proxy {
  faults: ProxyFaults = {};
  /** `GET /v1/events` and the like, in order; upgrades are `UPGRADE /v1/socket`. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #target: URL;
  /** What flows now, and the answers that are awaited. */
  readonly #flows = new Set<[from: Readable, to: Writable]>();
  readonly #awaited = new Map<ServerResponse, string>();
  readonly #frozen = new WeakSet<ServerResponse>();

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((incoming, answer) => this.#forward(incoming, answer));
    this.#server.on('upgrade', (incoming, socket, head: Buffer) => this.#upgrade(incoming, socket, head));
    this.#server.on('connection', (socket: Socket) => {
      if (this.faults.isDown) return socket.destroy();
      this.#keep(socket);
    });
  }

  static async before(target: string, faults: ProxyFaults = {}): Promise<Proxy> {
    const proxy = new Proxy(target);
    proxy.faults = faults;
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Which transports were asked for, in order, each once in a row. */
  get transports(): string[] {
    const names: Record<string, string> = {
      'UPGRADE /v1/socket': 'websocket',
      'GET /v1/events': 'sse',
      'POST /v1/poll': 'long-poll',
    };
    const used = this.asked.flatMap((one) => names[one] ?? []);
    return used.filter((name, index) => name !== used[index - 1]);
  }

  /** Whether somebody waits for the answer to such a request. */
  isAwaited(asked: string): boolean {
    return [...this.#awaited.values()].includes(asked);
  }

  /** Breaks every connection that stands. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Half-open: what stands now stays open, and nothing comes through it any more. */
  freeze(): void {
    for (const [from, to] of this.#flows) from.unpipe(to).resume();
    this.#flows.clear();
    for (const answer of this.#awaited.keys()) this.#frozen.add(answer);
  }

  #pipe(from: Readable, to: Writable): void {
    const flow: [Readable, Writable] = [from, to];
    this.#flows.add(flow);
    from.pipe(to).on('close', () => this.#flows.delete(flow));
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #forward(incoming: IncomingMessage, answer: ServerResponse): void {
    this.asked.push(`${incoming.method} ${incoming.url?.split('?')[0]}`);
    const { method, headers, url } = incoming;
    const { hostname, port } = this.#target;
    const onward = request({ host: hostname, port, path: url, method, headers }, (response) => {
      const isHeld =
        this.faults.holdsStreams && /^text\/event-stream/.test(response.headers['content-type'] ?? '');
      this.#awaited.delete(answer);
      if (this.#frozen.has(answer)) return void response.resume();
      if (isHeld) return void this.#holdBack(response, answer);
      answer.writeHead(response.statusCode ?? 502, response.headers);
      this.#pipe(response, answer);
    });
    this.#awaited.set(answer, this.asked.at(-1) ?? '');
    onward.on('error', () => answer.destroy());
    answer.on('close', () => {
      this.#awaited.delete(answer);
      onward.destroy();
    });
    incoming.pipe(onward);
  }

  async #holdBack(response: IncomingMessage, answer: ServerResponse): Promise<void> {
    const whole: Buffer[] = [];
    response.on('data', (piece: Buffer) => whole.push(piece));
    response.on('error', () => answer.destroy());
    await once(response, 'end').catch(() => undefined);
    if (!answer.destroyed) answer.writeHead(response.statusCode ?? 502).end(Buffer.concat(whole));
  }

  #upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.asked.push(`UPGRADE ${incoming.url?.split('?')[0]}`);
    const { upgrades = 'pass' } = this.faults;
    if (upgrades === 'hang') return;
    if (upgrades === 'refuse') return void socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    const onward = connect(Number(this.#target.port), this.#target.hostname, () => {
      const headers = incoming.rawHeaders.flatMap((value, index) =>
        index % 2 ? [] : [`${value}: ${incoming.rawHeaders[index + 1]}`],
      );
      onward.write(`GET ${incoming.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      this.#pipe(socket, onward);
      this.#pipe(onward, socket);
    });
    this.#keep(onward);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  }
}
