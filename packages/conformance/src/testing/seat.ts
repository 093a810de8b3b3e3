import type { StreamName } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { Claims } from './tokens.ts';

/** Somebody connected to the reference server, by whatever transport. */
export class Seat {
  claims: Claims | undefined;
  readonly streams = new Set<StreamName>();
  /** What a breakage remembers about this connection. */
  readonly memory = new Map<string, number>();
  readonly transport: string;
  readonly #put: (frame: unknown) => void;
  readonly #end: (code: number) => void;

  constructor(transport: string, put: (frame: unknown) => void, end: (code: number) => void) {
    this.transport = transport;
    this.#put = put;
    this.#end = end;
  }

  get actor(): Actor | undefined {
    return this.claims?.actor;
  }

  /** Sends a frame as it is. */
  put(frame: unknown): void {
    this.#put(frame);
  }

  end(code: number): void {
    this.#end(code);
  }

  /** Whether this is somebody who reads the conversation. */
  reads(conversationId: string): boolean {
    return [...this.streams].some((stream) => stream.startsWith(`conversation:${conversationId}:`));
  }

  /** Counts up; for breakages that strike the third time. */
  count(what: string): number {
    const value = (this.memory.get(what) ?? 0) + 1;
    this.memory.set(what, value);
    return value;
  }
}
