import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Random } from './random.ts';

/** What can happen to a connection. */
export const connectionFaults = ['cut', 'cutInFrame', 'halfOpen', 'deaf', 'mute', 'delay', 'stall'] as const;
export type ConnectionFault = (typeof connectionFaults)[number];

/**
 * Stands between the pages and the server and breaks what passes. `cut` resets both sides; `cutInFrame` does so after half
 * of what comes next; `halfOpen` forwards nothing more and closes nothing; `deaf` and `mute` do so in one direction;
 * `delay` holds everything back for a while, for good; `stall` holds all and lets it go at once.
 */
export class FaultProxy {
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #random: Random;
  readonly #lines = new Set<Line>();
  readonly counts: Record<ConnectionFault, number> = {
    cut: 0,
    cutInFrame: 0,
    halfOpen: 0,
    deaf: 0,
    mute: 0,
    delay: 0,
    stall: 0,
  };

  private constructor(server: Server, targetPort: number, random: Random) {
    this.#server = server;
    this.#targetPort = targetPort;
    this.#random = random;
    server.on('connection', (socket) => this.#accept(socket));
  }

  /** Listens on a free port of this machine. */
  static async listen(targetPort: number, random: Random): Promise<FaultProxy> {
    const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultProxy(server, targetPort, random);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many faults were done to connections that carried something. */
  get faults(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** Breaks one connection that stands and has carried something. Says whether there was one. */
  breakOne(fault: ConnectionFault): boolean {
    const lines = [...this.#lines].filter((line) => line.canBreak);
    if (lines.length === 0) return false;
    this.#random.pick(lines).breakBy(fault, this.#random);
    this.counts[fault]++;
    return true;
  }

  /** Ends all that is broken or slow, so that everybody can agree. */
  heal(): void {
    for (const line of this.#lines) if (line.isBroken) line.cut();
  }

  async close(): Promise<void> {
    for (const line of this.#lines) line.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(client: Socket): void {
    const line = new Line(client, connect({ port: this.#targetPort, host: '127.0.0.1', noDelay: true }), () =>
      this.#lines.delete(line),
    );
    this.#lines.add(line);
  }
}

/** How long the server hears nothing of a client that left a half-open connection, in ms. */
const silentMs = 5_000;

type Way = { to: Socket; holdMs: number; isShut: boolean; held: Buffer[]; cutNext: boolean };

/** One connection, and the way through the proxy in each direction. */
class Line {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #up: Way;
  readonly #down: Way;
  readonly #onEnd: () => void;
  #carried = 0;
  #isOver = false;
  #broken: ConnectionFault | undefined;

  constructor(client: Socket, server: Socket, onEnd: () => void) {
    this.#client = client;
    this.#server = server;
    this.#onEnd = onEnd;
    this.#up = { to: server, holdMs: 0, isShut: false, held: [], cutNext: false };
    this.#down = { to: client, holdMs: 0, isShut: false, held: [], cutNext: false };
    this.#pump(client, this.#up);
    this.#pump(server, this.#down);
    // Either side may end; an error only says so in other words.
    for (const socket of [client, server]) {
      socket.on('error', () => undefined);
      socket.on('close', () => this.#ended(socket));
    }
  }

  get canBreak(): boolean {
    return !this.#isOver && !this.#broken && this.#carried > 2_000;
  }

  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  breakBy(fault: ConnectionFault, random: Random): void {
    this.#broken = fault;
    switch (fault) {
      case 'cut':
        return this.cut();
      case 'cutInFrame':
        (random.oneIn(2) ? this.#up : this.#down).cutNext = true;
        return;
      case 'halfOpen':
        this.#up.isShut = this.#down.isShut = true;
        return;
      case 'deaf':
        this.#down.isShut = true;
        return;
      case 'mute':
        this.#up.isShut = true;
        return;
      case 'delay':
        this.#up.holdMs = random.between(5, 150);
        this.#down.holdMs = random.between(5, 150);
        return;
      case 'stall':
        return this.#stall(random.between(50, 2_500));
    }
  }

  cut(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  #stall(ms: number): void {
    const ways = [this.#up, this.#down];
    for (const way of ways) way.isShut = true;
    setTimeout(() => {
      this.#broken = undefined;
      for (const way of ways) {
        way.isShut = false;
        for (const chunk of way.held.splice(0)) this.#write(way, chunk);
      }
    }, ms);
  }

  #pump(from: Socket, way: Way): void {
    from.on('data', (chunk: Buffer) => {
      this.#carried += chunk.length;
      if (way.cutNext) {
        way.to.write(chunk.subarray(0, chunk.length >> 1), () => this.cut());
        return;
      }
      if (way.isShut) way.held.push(chunk);
      else if (way.holdMs > 0) setTimeout(() => this.#write(way, chunk), way.holdMs);
      else this.#write(way, chunk);
    });
    from.on('end', () => {
      if (!way.isShut) setTimeout(() => way.to.end(), way.holdMs);
    });
  }

  #write(way: Way, chunk: Buffer): void {
    if (!way.to.destroyed && way.to.writable) way.to.write(chunk);
  }

  /** A half-open line stays half open: the other side hears nothing of the end. */
  #ended(socket: Socket): void {
    const other = socket === this.#client ? this.#server : this.#client;
    const isSilent = socket === this.#server ? this.#down.isShut : this.#up.isShut;
    if (!isSilent) other.destroy();
    if (this.#isOver || !this.#client.destroyed) return;
    this.#isOver = true;
    this.#onEnd();
    setTimeout(() => this.#server.destroy(), silentMs).unref();
  }
}
