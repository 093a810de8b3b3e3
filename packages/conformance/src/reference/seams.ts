import type {
  AckFrame,
  ClientFrame,
  CommandFrame,
  Cursor,
  LogEvent,
  RejectFrame,
  ServerFrame,
  StreamName,
  SubscribedFrame,
} from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { RecordedBackend } from './recorded-backend.ts';
import type { Seat } from './seat.ts';
import { webhookHeaders, type WebhookRequest } from './webhooks.ts';

/** A request, read whole. */
export interface PlainRequest {
  method: string;
  url: URL;
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** What a request is answered with. */
export interface PlainResponse {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A stream from a cursor on. */
export interface PlainReading {
  subscribed: SubscribedFrame;
  events: LogEvent[];
}

/** A command with its place in its outbox. */
export type NumberedCommand = Pick<CommandFrame, 'outboxId' | 'n' | 'command'>;
/** What became of it. */
export type Reply = AckFrame | RejectFrame;

/**
 * The places at which a reference server can be broken. Each gets what the sound server would do, and may do something
 * else.
 */
export interface Seams {
  /** The subprotocol to answer with, of those that were offered. */
  chooseProtocol(offered: readonly string[], sound: string | false): string | false;
  /** The close code for a socket of that subprotocol; `undefined` accepts it. */
  refuseProtocol(protocol: string, sound: number | undefined): number | undefined;
  /** How long a socket's handshake or a request is kept waiting, in ms. */
  hold(what: 'handshake' | 'request'): number;
  /** The largest frame that is taken, in bytes. */
  largestFrame(sound: number): number;
  /** Before a frame is served; `true` swallows it. */
  incoming(frame: ClientFrame, seat: Seat): boolean;
  /** Frames on their way out, in place of this one; a text goes out as it is. */
  outgoing(frame: ServerFrame, seat: Seat): readonly unknown[];
  execute(
    actor: Actor,
    command: NumberedCommand,
    sound: (changed?: NumberedCommand) => Reply,
    seat: Seat,
  ): Reply;
  read(
    stream: StreamName,
    cursor: Cursor | undefined,
    sound: (cursor?: Cursor) => PlainReading,
  ): PlainReading;
  mayRead(actor: Actor, stream: StreamName, sound: boolean): boolean;
  /** A line that broke one of the rules of frames: the code to close it with; `undefined` leaves it open. */
  closeCode(code: number, seat: Seat): number | undefined;
  request(request: PlainRequest, sound: () => PlainResponse): PlainResponse;
  /** The id of an entry of an event stream. */
  entryId(frame: ServerFrame, sound: string | undefined): string | undefined;
  /** How long an empty poll waits, in ms. */
  pollWait(sound: number): number;
  /** What is on disk when the process dies. */
  crash(log: RecordedBackend): void;
  /** Somebody's connection has ended. */
  left(seat: Seat, failAnswers: () => void): void;
  /** What the server does when an answer's producer dies. */
  producerDied(fail: () => void): void;
  /** The headers of a webhook; `undefined` when it is not sent. */
  webhook(request: WebhookRequest): Record<string, string> | undefined;
}

/** A sound server's seams: everything as it should be. */
export const soundSeams: Seams = {
  chooseProtocol: (_offered, sound) => sound,
  refuseProtocol: (_protocol, sound) => sound,
  hold: () => 0,
  largestFrame: (sound) => sound,
  incoming: () => false,
  outgoing: (frame) => [frame],
  execute: (_actor, _command, sound) => sound(),
  read: (_stream, cursor, sound) => sound(cursor),
  mayRead: (_actor, _stream, sound) => sound,
  closeCode: (code) => code,
  request: (_request, sound) => sound(),
  entryId: (_frame, sound) => sound,
  pollWait: (sound) => sound,
  crash: () => {},
  left: () => {},
  producerDied: (fail) => fail(),
  webhook: webhookHeaders,
};
