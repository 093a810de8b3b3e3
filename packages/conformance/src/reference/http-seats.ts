import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { makeProblem, type Cursor, type ServerFrame } from '@sahay/protocol';
import type { ReferenceServer } from './reference-server.ts';
import type { PlainRequest, PlainResponse } from './seams.ts';
import { Seat } from './seat.ts';
import type { Claims } from './tokens.ts';

type Polled = { frames: unknown[]; received: number; close?: number; wake: () => void };

/** Connections of the reference server that are no sockets: event streams and polls. */
export class HttpSeats {
  readonly #server: ReferenceServer;
  readonly #seats = new Map<string, Seat>();
  readonly #polled = new Map<string, Polled>();
  readonly #streams = new Set<ServerResponse>();

  constructor(server: ReferenceServer) {
    this.#server = server;
  }

  /** Cuts every connection. */
  drop(): void {
    for (const response of this.#streams) response.destroy();
    for (const seat of this.#seats.values()) this.#server.leave(seat);
    for (const { wake } of this.#polled.values()) wake();
    this.#seats.clear();
    this.#polled.clear();
  }

  #seat(
    claims: Claims,
    transport: 'sse' | 'long-poll',
    put: (frame: unknown) => void,
    end: (code: number) => void,
  ) {
    const id = `k-${randomUUID()}`;
    const seat = new Seat(transport, put, end);
    this.#seats.set(id, seat);
    this.#server.welcome(seat, claims, id);
    return { id, seat };
  }

  /** Serves an event stream for as long as its reader stays. */
  stream(claims: Claims, request: PlainRequest, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 2000\n\n');
    const cursors = new Map<string, Cursor>();
    const put = (value: unknown): void => {
      const frame = value as ServerFrame;
      if (frame.type === 'event') {
        const { id, stream, epoch, seq } = frame.event;
        cursors.set(stream, { stream, epoch, seq, eventId: id });
      }
      const set = Buffer.from(JSON.stringify([...cursors.values()])).toString('base64url');
      const id = this.#server.seams.entryId(frame, frame.type === 'event' ? set : undefined);
      response.write(`${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(frame)}\n\n`);
    };
    const { id, seat } = this.#seat(claims, 'sse', put, (code) =>
      response.end(`event: close\ndata: ${JSON.stringify({ code, reason: 'closed' })}\n\n`),
    );
    this.#streams.add(response);
    response.on('close', () => {
      this.#streams.delete(response);
      this.#seats.delete(id);
      this.#server.leave(seat);
    });
    const last = request.headers['last-event-id'];
    const held = last ? (JSON.parse(Buffer.from(last, 'base64url').toString()) as Cursor[]) : [];
    for (const cursor of held) this.#server.serve(seat, { type: 'subscribe', stream: cursor.stream, cursor });
    for (const stream of request.url.searchParams.getAll('stream'))
      this.#server.serve(seat, { type: 'subscribe', stream });
  }

  async poll(
    claims: Claims,
    body: { connection?: string; cursor?: number; waitMs?: number },
  ): Promise<PlainResponse> {
    const { cursor = 0, waitMs = 25_000 } = body;
    const connection = body.connection ?? this.#openPoll(claims);
    const line = this.#polled.get(connection);
    const seat = this.#seats.get(connection);
    if (!line || !seat) return { status: 404, body: makeProblem('connection_unknown') };
    line.frames.splice(0, cursor - line.received);
    line.received = cursor;
    line.wake();
    if (line.frames.length === 0 && line.close === undefined)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#server.seams.pollWait(waitMs));
        line.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    // Who asks once more, because the answer was lost, is told the same.
    if (line.close !== undefined) this.#server.leave(seat);
    const close = line.close === undefined ? undefined : { code: line.close, reason: 'closed' };
    return {
      status: 200,
      body: {
        connection,
        cursor: line.received + line.frames.length,
        frames: [...line.frames],
        ...(close && { close }),
      },
    };
  }

  #openPoll(claims: Claims): string {
    const line: Polled = { frames: [], received: 0, wake: () => {} };
    const put = (frame: unknown): void => {
      line.frames.push(frame);
      line.wake();
    };
    const { id } = this.#seat(claims, 'long-poll', put, (code) => {
      line.close = code;
      line.wake();
    });
    this.#polled.set(id, line);
    return id;
  }

  /** Takes frames that were posted. */
  frames(claims: Claims, { connection, frames }: { connection: string; frames: unknown[] }): PlainResponse {
    const seat = this.#seats.get(connection);
    if (!seat || seat.actor?.id !== claims.actor.id)
      return { status: 404, body: makeProblem('connection_unknown') };
    const answers: unknown[] = [];
    for (const frame of frames) {
      seat.answers = answers;
      this.#server.hear(seat, frame);
      seat.answers = undefined;
    }
    return { status: 200, body: { frames: answers } };
  }
}
