import type { Id, ServerFrame, StreamName } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';

/** A frame as it goes out: encoded once, however many readers get it. */
export interface EncodedFrame {
  readonly frame: ServerFrame;
  /** The frame as JSON in UTF-8, on one line. */
  readonly json: Buffer;
}

/** Encodes a frame for sending. */
export const encode = (frame: ServerFrame): EncodedFrame => ({
  frame,
  json: Buffer.from(JSON.stringify(frame)),
});

/** Somebody connected, by whatever transport: what the hub delivers to. */
export interface Reader {
  readonly actor: Actor;
  readonly sessionId?: Id | undefined;
  /** Takes a frame; never throws, and never waits. */
  deliver(frame: EncodedFrame): void;
  /** Whether so much waits to be read that what was missed should wait too. */
  readonly isBehind?: boolean | undefined;
  /** Ends the connection with a documented close code. */
  close(code: number, reason: string): void;
}

/** One reader's subscription to one stream. */
export interface Subscription {
  readonly reader: Reader;
  readonly stream: StreamName;
  /** The epoch that its reader knows; meaningless while `pending` is there. */
  epoch: string;
  /** The seq that was delivered last; meaningless while `pending` is there. */
  lastSeq: number;
  /** What was committed while the log is still being read; absent once the subscription is live. */
  pending: { seq: number; frame: EncodedFrame }[] | undefined;
}
