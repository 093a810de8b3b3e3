import { subprotocol } from '@sahay/protocol';
import { WebSocket } from 'ws';
import type { Line, LineListener } from './line.ts';

/** How a raw socket is opened. */
export interface WebSocketLineOptions {
  url: string;
  protocols?: string[];
  headers?: Record<string, string>;
  /** Whether pings of the other side are answered; without it this end seems dead. Default true. */
  answersPings?: boolean;
}

/** A WebSocket as a {@link Line}, and what only a WebSocket has. */
export interface WebSocketLine extends Line {
  /** The subprotocol that the server chose; empty when it chose none. */
  readonly protocol: string;
}

/**
 * Opens a socket.
 *
 * @throws Error when the handshake fails
 */
export function openWebSocket(options: WebSocketLineOptions, listener: LineListener): Promise<WebSocketLine> {
  const { url, protocols = [subprotocol], headers = {}, answersPings = true } = options;
  const socket = new WebSocket(url, protocols, { headers, autoPong: answersPings, handshakeTimeout: 10_000 });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => listener.onText(data.toString()));
    socket.on('close', (code, reason) => listener.onEnd({ code, reason: reason.toString() }));
    socket.on('open', () =>
      resolve({
        protocol: socket.protocol,
        send: (frame) =>
          socket.send(
            typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame),
          ),
        close: () => socket.close(),
        cut: () => socket.terminate(),
      }),
    );
  });
}
