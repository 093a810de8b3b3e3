import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { subprotocol } from '@sahay/protocol';

/** Sends bytes to a server as they are, and returns all it answers until it hangs up or `ms` are over. */
export async function rawHttp(url: string, request: string | Buffer, ms = 1_500): Promise<string> {
  const { socket, heard } = await dial(url);
  socket.write(request);
  await Promise.race([gone(socket), new Promise((resolve) => setTimeout(resolve, ms))]);
  socket.destroy();
  return heard().toString('latin1');
}

/** Resolves once a connection is gone, in whatever way. */
export const gone = (socket: Socket): Promise<void> =>
  socket.destroyed ? Promise.resolve() : new Promise((resolve) => socket.once('close', () => resolve()));

/** Opens a TCP connection that gathers what it hears. */
export async function dial(url: string): Promise<{ socket: Socket; heard: () => Buffer }> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A server that hangs up on an attacker may reset the connection: that is an answer, not a failure.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return { socket, heard: () => Buffer.concat(chunks) };
}

/** How one WebSocket frame is built; the defaults are a whole, masked text frame. */
export interface RawFrame {
  opcode?: number;
  fin?: boolean;
  rsv1?: boolean;
  isMasked?: boolean;
  /** The length that the header claims, where it shall not be the payload's. */
  claims?: bigint;
}

/** The bytes of a frame as RFC 6455 has it, or as it must not be. */
export function frameBytes(payload: string | Buffer, options: RawFrame = {}): Buffer {
  const { opcode = 1, fin = true, rsv1 = false, isMasked = true } = options;
  const body = Buffer.from(payload);
  const length = options.claims ?? BigInt(body.length);
  const first = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode;
  const mask = isMasked ? randomBytes(4) : undefined;
  const flag = isMasked ? 0x80 : 0;
  let header: Buffer;
  if (length < 126n) header = Buffer.from([first, flag | Number(length)]);
  else if (length < 65_536n) {
    header = Buffer.from([first, flag | 126, 0, 0]);
    header.writeUInt16BE(Number(length), 2);
  } else {
    header = Buffer.from([first, flag | 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    header.writeBigUInt64BE(length, 2);
  }
  if (!mask) return Buffer.concat([header, body]);
  return Buffer.concat([header, mask, body.map((byte, index) => byte ^ mask[index % 4]!)]);
}

/** A WebSocket made by hand, to say what no library would. */
export class RawSocket {
  readonly socket: Socket;
  readonly #heard: () => Buffer;

  private constructor(socket: Socket, heard: () => Buffer) {
    this.socket = socket;
    this.#heard = heard;
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const { socket, heard } = await dial(url);
    const lines = {
      Host: new URL(url).host,
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      'Sec-WebSocket-Protocol': subprotocol,
      ...headers,
    };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET /v1/socket HTTP/1.1\r\n${head.join('')}\r\n`);
    while (!heard().includes('\r\n\r\n') && !socket.destroyed) await new Promise((r) => setTimeout(r, 5));
    return new RawSocket(socket, heard);
  }

  /** The answer to the upgrade, up to the first empty line. */
  get head(): string {
    return this.#heard().toString('latin1').split('\r\n\r\n')[0] ?? '';
  }

  send(payload: string | Buffer | object, options?: RawFrame): boolean {
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
    return this.write(frameBytes(isText ? payload : JSON.stringify(payload), options));
  }

  write(bytes: Buffer): boolean {
    return !this.socket.destroyed && this.socket.writable && this.socket.write(bytes);
  }

  /** The code of the close frame; 1006 where the server hung up without one. */
  async closeCode(ms = 15_000): Promise<number> {
    const deadline = performance.now() + ms;
    const { socket } = this;
    for (;;) {
      const code = closeCodeIn(this.#heard());
      const isGone = socket.destroyed || socket.readableEnded;
      if (code !== undefined || isGone) {
        socket.destroy();
        return code ?? 1006;
      }
      if (performance.now() > deadline) throw new Error(`The socket was still open after ${ms} ms.`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** Walks over the (unmasked) frames of a server to its close frame. */
function closeCodeIn(heard: Buffer): number | undefined {
  let at = heard.indexOf('\r\n\r\n') + 4;
  while (at + 2 <= heard.length) {
    const opcode = heard[at]! & 0x0f;
    let length = heard[at + 1]! & 0x7f;
    let start = at + 2;
    if (length === 126) [length, start] = [heard.readUInt16BE(at + 2), at + 4];
    else if (length === 127) [length, start] = [Number(heard.readBigUInt64BE(at + 2)), at + 10];
    if (opcode === 8) return length >= 2 ? heard.readUInt16BE(start) : 1005;
    at = start + length;
  }
  return undefined;
}
