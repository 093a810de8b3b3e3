import { subprotocol } from '@sahay/protocol';
import { SahayError } from '../sahay-error.ts';
import type { Transport } from './transport.ts';

/** Frames over a WebSocket, one JSON object a text frame. */
export function webSocketTransport(webSocket: typeof globalThis.WebSocket | undefined): Transport {
  return {
    connect(url, handlers) {
      if (!webSocket)
        throw new SahayError('capability_absent', 'There is no WebSocket here. Give the option webSocket.');
      const socket = new webSocket(url.replace(/^http/, 'ws'), subprotocol);
      const stop = new AbortController();
      const { signal } = stop;
      const closed = (code: number) => {
        stop.abort();
        handlers.onClose(code);
      };
      socket.addEventListener('open', () => handlers.onOpen(), { signal });
      socket.addEventListener('message', ({ data }) => handlers.onFrame(String(data)), { signal });
      socket.addEventListener('close', ({ code }) => closed(code), { signal });
      // An error is always followed by a close, which says more.
      socket.addEventListener('error', () => undefined);
      return {
        send: (text) => {
          if (socket.readyState === 1) socket.send(text);
        },
        close: () => {
          stop.abort();
          socket.close();
        },
      };
    },
  };
}
