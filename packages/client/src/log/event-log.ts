import type {
  Cursor,
  LogEvent,
  Problem,
  Snapshot,
  StreamName,
  SubscribedFrame,
  SubscribeFrame,
} from '@sahay/protocol';
import { problemOf, SahayError } from '../sahay-error.ts';

/** Who mirrors a stream. */
export interface StreamSink {
  /** A subscription was asked for. */
  subscribing?(): void;
  /** The stream's state, whole: forget what was held. */
  reset(snapshot: Snapshot): void;
  /** The next event. Unknown types change nothing. */
  apply(event: LogEvent): void;
  /** The stream cannot be read. */
  problem(problem: Problem): void;
}

/** How often a stream is asked for again without progress before it waits for the next connection. */
const patience = 4;

type Stream = {
  name: StreamName;
  sink: StreamSink;
  cursor: Cursor | undefined;
  live: boolean;
  resyncs: number;
};

/** Puts the events of each stream in order: drops what it has, asks for what it lacks. */
export class EventLog {
  readonly #streams = new Map<StreamName, Stream>();
  readonly #subscribe: (frame: SubscribeFrame) => void;
  readonly #applied: (event: LogEvent) => void;
  #online = false;

  /**
   * @param subscribe asks the backend for a stream, from a cursor or from a snapshot on.
   * @param applied hears every event once it is applied.
   */
  constructor(subscribe: (frame: SubscribeFrame) => void, applied: (event: LogEvent) => void) {
    this.#subscribe = subscribe;
    this.#applied = applied;
  }

  /** Mirrors a stream from now on; nothing happens when it is mirrored already. */
  open(name: StreamName, sink: StreamSink): void {
    if (this.#streams.has(name)) return;
    const stream: Stream = { name, sink, cursor: undefined, live: false, resyncs: 0 };
    this.#streams.set(name, stream);
    if (this.#online) this.#ask(stream);
  }

  connected(): void {
    this.#online = true;
    for (const stream of this.#streams.values()) {
      stream.resyncs = 0;
      this.#ask(stream);
    }
  }

  disconnected(): void {
    this.#online = false;
    for (const stream of this.#streams.values()) stream.live = false;
  }

  reset(): void {
    this.#streams.clear();
  }

  onSubscribed({ stream: name, epoch, recovered, snapshot }: SubscribedFrame): void {
    const stream = this.#streams.get(name);
    if (!stream) return;
    if (snapshot) {
      stream.cursor = snapshot.asOf;
      stream.live = true;
      stream.sink.reset(snapshot);
    } else if (recovered && (!stream.cursor || stream.cursor.epoch === epoch)) {
      stream.cursor ??= { stream: name, epoch, seq: 0 };
      stream.live = true;
    } else {
      stream.cursor = undefined;
      this.#resync(stream);
    }
  }

  onEvent(event: LogEvent): void {
    const stream = this.#streams.get(event.stream);
    // Between a question and its answer, what comes belongs to the subscription before.
    if (!stream?.live || !stream.cursor) return;
    const { seq, epoch } = stream.cursor;
    if (event.epoch === epoch && event.seq <= seq) return;
    if (event.epoch !== epoch || event.seq !== seq + 1) {
      this.#resync(stream);
      return;
    }
    stream.cursor = { stream: stream.name, epoch, seq: event.seq, eventId: event.id };
    stream.resyncs = 0;
    stream.sink.apply(event);
    this.#applied(event);
  }

  /** A stream cannot be read: now, or (unless trying again can help) until it is opened again. */
  onProblem(name: StreamName, problem: Problem): void {
    const stream = this.#streams.get(name);
    if (!problem.retryable) this.#streams.delete(name);
    stream?.sink.problem(problem);
  }

  #ask(stream: Stream): void {
    stream.live = false;
    stream.sink.subscribing?.();
    const { name, cursor } = stream;
    this.#subscribe({ type: 'subscribe', stream: name, ...(cursor && { cursor }) });
  }

  #resync(stream: Stream): void {
    stream.live = false;
    if (++stream.resyncs > patience) {
      stream.sink.problem(
        problemOf(
          new SahayError(
            'cursor_invalid',
            `Events of ${stream.name} are missing. Reading stops until the next connection.`,
          ),
        ),
      );
      return;
    }
    // A replay that stumbles over the same event twice would do so for ever: a snapshot goes round it.
    if (stream.resyncs > 2) stream.cursor = undefined;
    this.#ask(stream);
  }
}
