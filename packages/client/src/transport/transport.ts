/** How frames can travel. */
export type TransportName = 'websocket' | 'sse' | 'long-poll';

/** What a transport tells the connection. After `onClose` nothing more comes. */
export interface TransportHandlers {
  onOpen(): void;
  onFrame(text: string): void;
  /**
   * @param code a WebSocket close code; 1006 when the connection just broke.
   * @param pauseMs how long the server asked to wait before the next try, where it did.
   */
  onClose(code: number, pauseMs?: number): void;
}

/** One open line. */
export interface TransportLink {
  send(text: string): void;
  /** Lets go at once, without waiting for the other side; `onClose` is not called. */
  close(): void;
}

/** Moves frames, and knows nothing else. */
export interface Transport {
  connect(url: string, handlers: TransportHandlers): TransportLink;
}
