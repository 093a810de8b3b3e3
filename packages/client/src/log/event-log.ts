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
  /** Whether it expects what the backend has, and a snapshot may hold before its first message: then another look is due. */
  readonly awaitsLog?: boolean;
  /** All that the backend had when the subscription was answered has been applied. */
  caughtUp?(): void;
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
  /** Where the backend was when it answered. */
  head: number;
  /** Whether it has to be asked for again once the answer is there. */
  again: boolean;
  /** Whether what comes cannot be applied yet. */
  held: boolean;
  resyncs: number;
};

/** Puts the events of each stream in order: drops what it has, asks for what it lacks. */
export class EventLog {
  /** By their names; each knows how far it has come. */
  readonly streams = new Map<StreamName, Stream>();
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
    if (this.streams.has(name)) return;
    const stream: Stream = {
      name,
      sink,
      cursor: undefined,
      live: false,
      head: 0,
      again: false,
      held: false,
      resyncs: 0,
    };
    this.streams.set(name, stream);
    if (this.#online) this.#ask(stream);
  }

  /** Asks for what a stream may lack; the sink hears when it has caught up. */
  refresh(name: StreamName): void {
    const stream = this.streams.get(name);
    if (!stream) return;
    if (stream.live) this.#ask(stream);
    // One question at a time, or nobody could tell which one an answer belongs to.
    else stream.again = true;
  }

  /** What comes cannot be applied yet: nothing of the stream is, until it is asked for again by {@link resume}. */
  hold(name: StreamName): void {
    const stream = this.streams.get(name);
    if (!stream?.live) return;
    stream.live = false;
    stream.held = true;
  }

  resume(): void {
    for (const stream of this.streams.values()) if (stream.held && this.#online) this.#ask(stream);
  }

  connected(): void {
    this.#online = true;
    for (const stream of this.streams.values()) {
      stream.resyncs = 0;
      this.#ask(stream);
    }
  }

  disconnected(): void {
    this.#online = false;
    for (const stream of this.streams.values()) stream.live = false;
  }

  onSubscribed({ stream: name, epoch, recovered, snapshot, headSeq }: SubscribedFrame): void {
    const stream = this.streams.get(name);
    if (!stream) return;
    if (snapshot) {
      stream.cursor = snapshot.asOf;
      stream.sink.reset(snapshot);
      stream.again ||= stream.sink.awaitsLog === true;
    } else if (recovered && (!stream.cursor || stream.cursor.epoch === epoch))
      stream.cursor ??= { stream: name, epoch, seq: 0 };
    else {
      stream.cursor = undefined;
      return this.#resync(stream);
    }
    stream.live = true;
    stream.head = headSeq;
    if (stream.again) this.#ask(stream);
    else if (stream.cursor.seq >= headSeq) stream.sink.caughtUp?.();
  }

  onEvent(event: LogEvent): void {
    const stream = this.streams.get(event.stream);
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
    if (event.seq === stream.head) stream.sink.caughtUp?.();
    this.#applied(event);
  }

  /** A stream cannot be read: now, or (unless trying again can help) until it is opened again. */
  onProblem(name: StreamName, problem: Problem): void {
    const stream = this.streams.get(name);
    // What was missing when it was asked for may be there by now.
    if (stream?.again) return this.#ask(stream);
    if (!problem.retryable) this.streams.delete(name);
    stream?.sink.problem(problem);
  }

  #ask(stream: Stream): void {
    stream.live = stream.again = stream.held = false;
    stream.sink.subscribing?.();
    const { name, cursor } = stream;
    this.#subscribe({ type: 'subscribe', stream: name, ...(cursor && { cursor }) });
  }

  #resync(stream: Stream): void {
    stream.live = false;
    // A replay that stumbles over the same event twice would do so for ever: a snapshot goes round it.
    if (++stream.resyncs > 2) stream.cursor = undefined;
    if (stream.resyncs <= patience) return this.#ask(stream);
    const error = new SahayError('cursor_invalid', `Events are missing in ${stream.name}.`);
    stream.sink.problem(problemOf(error));
  }
}
