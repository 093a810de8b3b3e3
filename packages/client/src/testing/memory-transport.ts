import type { Transport, TransportHandlers } from '../transport/transport.ts';

/** The server's end of a line made in memory. */
export interface MemoryLine {
  readonly url: string;
  /** What the client has sent, in order. */
  readonly sent: string[];
  /** Whether the client has let go. */
  closed: boolean;
  open(): void;
  say(frame: object | string): void;
  close(code: number, pauseMs?: number): void;
}

/** A transport without a network, for tests: each connection is handed to `accept`. */
export function memoryTransport(accept: (line: MemoryLine) => void): Transport {
  return {
    connect(url: string, handlers: TransportHandlers) {
      const line: MemoryLine = {
        url,
        sent: [],
        closed: false,
        open: () => handlers.onOpen(),
        say: (frame) => {
          if (!line.closed) handlers.onFrame(typeof frame === 'string' ? frame : JSON.stringify(frame));
        },
        close(code, pauseMs) {
          if (line.closed) return;
          line.closed = true;
          handlers.onClose(code, pauseMs);
        },
      };
      accept(line);
      return { send: (text) => void line.sent.push(text), close: () => void (line.closed = true) };
    },
  };
}
