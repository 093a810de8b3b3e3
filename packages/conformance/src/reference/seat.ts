import type { ServerFrame, StreamName } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { TransportName } from '../wire/line.ts';
import type { Claims } from './tokens.ts';

/** Somebody connected to the reference server, by whatever transport. */
export class Seat {
  claims: Claims | undefined;
  readonly streams = new Set<StreamName>();
  /** While a POST of frames is served: what it is answered with. */
  answers: unknown[] | undefined;
  readonly transport: TransportName;
  readonly #counts = new Map<string, number>();
  readonly #put: (frame: unknown) => void;
  #isEnded = false;
  readonly #end: (code: number) => void;

  constructor(transport: TransportName, put: (frame: unknown) => void, end: (code: number) => void) {
    this.transport = transport;
    this.#put = put;
    this.#end = end;
  }

  get actor(): Actor | undefined {
    return this.claims?.actor;
  }

  /** Sends a frame as it is. */
  put(frame: unknown): void {
    const { type } = frame as ServerFrame;
    const isAnswer = type === 'ack' || type === 'reject' || type === 'problem';
    if (this.answers && isAnswer) this.answers.push(frame);
    else this.#put(frame);
  }

  /** Whether it was closed: what still comes is not heard. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  end(code: number): void {
    this.#isEnded = true;
    this.#end(code);
  }

  /** Whether this is somebody who reads the conversation. */
  reads(conversationId: string): boolean {
    return [...this.streams].some((stream) => stream.startsWith(`conversation:${conversationId}:`));
  }

  /** Counts up, from 1; for breakages that strike the third time. */
  count(what: string): number {
    const value = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, value);
    return value;
  }
}
