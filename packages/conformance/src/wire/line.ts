import type { ClientFrame } from '@sahay/protocol';

/** How frames travel. */
export type TransportName = 'websocket' | 'sse' | 'long-poll';

/** Every transport. */
export const transportNames: readonly TransportName[] = ['websocket', 'sse', 'long-poll'];

/** Why a line ended. Transports without close codes say 1006. */
export interface LineEnd {
  code: number;
  reason: string;
}

/** What a line tells of. */
export interface LineListener {
  /** A frame, as it came. */
  onText(text: string): void;
  onEnd(end: LineEnd): void;
}

/** A connection, whatever it is made of. */
export interface Line {
  send(frame: ClientFrame | string | Uint8Array): void;
  /** Ends it as a client does that leaves. */
  close(): void;
  /** Ends it as a cut line does. */
  cut(): void;
}
