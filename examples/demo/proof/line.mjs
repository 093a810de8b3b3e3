import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { FrameEdge } from './frame-edge.mjs';

/** WebSocket close frame 4401: what a server says when a token has run out. */
const tokenRefused = Buffer.from([0x88, 2, 4401 >> 8, 4401 & 255]);
const expired = JSON.stringify({
  type: 'about:blank',
  title: 'The access token has expired',
  status: 401,
  code: 'token_expired',
  detail: 'The access token has expired. Fetch a fresh one.',
  retryable: false,
});

/**
 * The line between the proof page and the server: an address of its own on this machine that passes everything on, until it is told to
 * misbehave. Only pages that came over this line may use it, so nothing is allowed here that the server would not allow its own pages.
 */
export class Line {
  #server = createServer((incoming, answer) => void this.#take(incoming, answer));
  #target;
  #controls;
  #sockets = new Set();
  /** What flows now: WebSockets and answers. */
  #flows = new Set();
  #answering = new Set();
  #frozen = new WeakSet();
  #seenTokens = new Set();
  #expiredTokens = new Set();

  /** @param {{ target: () => string | undefined, controls: (incoming, answer, line: Line) => Promise<boolean> }} options */
  constructor({ target, controls }) {
    this.#target = target;
    this.#controls = controls;
    this.#server.on('upgrade', (incoming, socket, head) => this.#upgrade(incoming, socket, head));
    this.#server.on('connection', (socket) => this.#keep(socket));
  }

  async open() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    // The page keeps no program alive.
    this.#server.unref();
  }

  get url() {
    return `http://localhost:${this.#server.address().port}`;
  }

  /** Breaks everything that stands. */
  cut() {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Half-open: what stands stays, and nothing comes through it any more, in neither direction. Who comes anew is served. */
  freeze() {
    for (const flow of this.#flows) {
      flow.isFrozen = true;
      for (const [from, to] of flow.pairs) from.unpipe(to).resume();
    }
    this.#flows.clear();
    for (const answer of this.#answering) this.#frozen.add(answer);
  }

  /** Refuses every token that was used until now, as the server does once they have run out. */
  expire() {
    for (const token of this.#seenTokens) this.#expiredTokens.add(token);
    this.#seenTokens.clear();
    for (const flow of this.#flows) flow.end();
  }

  #keep(socket) {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }

  /** A page of another origin, or a name that was made to point here, gets nothing. */
  #isOurs({ headers }) {
    const { host, origin } = headers;
    const port = this.#server.address().port;
    if (host !== `localhost:${port}` && host !== `127.0.0.1:${port}`) return false;
    return origin === undefined || origin === `http://${host}`;
  }

  #headersFor({ headers }, target) {
    const { origin, ...rest } = headers;
    return { ...rest, host: target.host, ...(origin && { origin: target.origin }) };
  }

  async #take(incoming, answer) {
    if (!this.#isOurs(incoming)) return void answer.writeHead(403).end();
    if (await this.#controls(incoming, answer, this)) return;
    const target = this.#target();
    if (!target) return void answer.writeHead(503).end();
    const token = incoming.headers.authorization;
    if (token && this.#expiredTokens.has(token))
      return void answer.writeHead(401, { 'content-type': 'application/problem+json' }).end(expired);
    if (token) this.#seenTokens.add(token);
    this.#forward(incoming, answer, new URL(target));
  }

  #forward(incoming, answer, target) {
    const { method, url } = incoming;
    const headers = this.#headersFor(incoming, target);
    const options = { host: target.hostname, port: target.port, path: url, method, headers };
    this.#answering.add(answer);
    const onward = request(options, (response) => {
      this.#answering.delete(answer);
      if (this.#frozen.has(answer)) return void response.resume();
      answer.writeHead(response.statusCode, response.headers);
      const flow = this.#flow([[response, answer]], () => answer.destroy());
      response.on('close', () => {
        if (!response.complete && !flow.isFrozen) answer.destroy();
      });
    });
    onward.on('error', () => {
      if (!this.#frozen.has(answer)) answer.destroy();
    });
    answer.on('close', () => {
      this.#answering.delete(answer);
      onward.destroy();
    });
    incoming.pipe(onward);
  }

  #upgrade(incoming, socket, head) {
    const target = this.#target();
    if (!target || !this.#isOurs(incoming)) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const { hostname, port } = new URL(target);
    const edge = new FrameEdge();
    let flow;
    const onward = connect(Number(port), hostname, () => {
      const headers = Object.entries(this.#headersFor(incoming, new URL(target)));
      const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\r\n');
      onward.write(`GET ${incoming.url} HTTP/1.1\r\n${lines}\r\n\r\n`);
      onward.write(head);
      onward.on('data', (chunk) => edge.follow(chunk));
      const end = () => {
        if (edge.isClean) socket.write(tokenRefused);
        socket.end();
      };
      flow = this.#flow(
        [
          [socket, onward],
          [onward, socket],
        ],
        end,
      );
    });
    this.#keep(onward);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => {
      // A half-open line does not tell that its other end is gone.
      if (!flow?.isFrozen) socket.destroy();
    });
  }

  #flow(pairs, end) {
    const flow = { pairs, end, isFrozen: false };
    this.#flows.add(flow);
    for (const [from, to] of pairs) from.pipe(to);
    pairs[0][1].on('close', () => this.#flows.delete(flow));
    return flow;
  }
}
