import type {
  ClientFrame,
  Command,
  Cursor,
  EventType,
  LogEvent,
  ServerFrame,
  Signal,
  SignalType,
  StreamName,
} from '@sahay/protocol';
import { validateServerFrame } from '@sahay/protocol/validate-ajv';
import { must } from '../finding.ts';
import { FrameLog, type FrameOf } from './frame-log.ts';
import type { Line, LineEnd, LineListener } from './line.ts';

/** What became of a command. */
export type Reply = FrameOf<'ack'> | FrameOf<'reject'>;

/** How a {@link Peer} is set up. */
export interface PeerOptions {
  /** How long to wait for what must come, in ms. */
  patienceMs: number;
  /** Hears of every frame that does not follow the schema. */
  onInvalid(error: string, text: string): void;
}

/** One end of a line: sends frames, keeps what comes, waits for what must come. */
export class Peer {
  readonly log: FrameLog;
  readonly ended: Promise<LineEnd>;
  readonly #line: Line;

  private constructor(line: Line, log: FrameLog, ended: Promise<LineEnd>) {
    this.#line = line;
    this.log = log;
    this.ended = ended;
  }

  /** Opens a line; nothing is said on it yet. */
  static async over<L extends Line>(
    open: (listener: LineListener) => Promise<L>,
    { patienceMs, onInvalid }: PeerOptions,
  ): Promise<{ peer: Peer; line: L }> {
    const log = new FrameLog(patienceMs);
    const ended = Promise.withResolvers<LineEnd>();
    const line = await open({
      onText: (text) => {
        const verdict = readFrame(text);
        if (verdict.error !== undefined) onInvalid(verdict.error, text);
        if (verdict.frame) log.add(verdict.frame);
      },
      onEnd: (end) => {
        log.finish(`the connection ended with ${end.code}${end.reason && ` (${end.reason})`}`);
        ended.resolve(end);
      },
    });
    return { peer: new Peer(line, log, ended.promise), line };
  }

  send(frame: ClientFrame | string | Uint8Array): void {
    this.#line.send(frame);
  }

  close(): void {
    this.log.finish('this end closed the connection');
    this.#line.close();
  }

  cut(): void {
    this.log.finish('this end cut the connection');
    this.#line.cut();
  }

  get isOpen(): boolean {
    return !this.log.isFinished;
  }

  /** The frames of one type, from a place in the log on. */
  all<T extends ServerFrame['type']>(type: T, from = 0): FrameOf<T>[] {
    return this.log.frames.slice(from).filter((frame): frame is FrameOf<T> => frame.type === type);
  }

  /** Waits for a frame of a type. */
  next<T extends ServerFrame['type']>(
    type: T,
    matches: (frame: FrameOf<T>) => boolean = () => true,
    { from = 0, withinMs, expected = `a frame "${type}"` }: WaitOptions = {},
  ): Promise<FrameOf<T>> {
    return this.log.find(expected, () => this.all(type, from).find(matches), withinMs);
  }

  /** Waits for a signal of a type. */
  async signal<T extends SignalType>(
    type: T,
    matches: (signal: Signal<T>) => boolean = () => true,
    options: WaitOptions = {},
  ): Promise<Signal<T>> {
    const frame = await this.next(
      'signal',
      ({ signal }) => signal.type === type && matches(signal as Signal<T>),
      { expected: `a signal "${type}"`, ...options },
    );
    return frame.signal as Signal<T>;
  }

  /** Sends a command under a number, and waits for what becomes of it. */
  async command(outboxId: string, n: number, command: Command): Promise<Reply> {
    const from = this.log.frames.length;
    this.send({ type: 'command', outboxId, n, command });
    return this.reply(outboxId, n, from);
  }

  /** Waits for the answer to a command that was sent. */
  reply(outboxId: string, n: number, from = 0): Promise<Reply> {
    const isReply = (frame: ServerFrame): frame is Reply =>
      (frame.type === 'ack' || frame.type === 'reject') && frame.outboxId === outboxId && frame.n === n;
    return this.log.find(`an answer to number ${n}`, (frames) => frames.slice(from).find(isReply));
  }

  /** Subscribes, and follows the stream from there. */
  async subscribe(stream: StreamName, cursor?: Cursor): Promise<Reading> {
    const from = this.log.frames.length;
    this.send({ type: 'subscribe', stream, ...(cursor && { cursor }) });
    const isAnswer = (frame: ServerFrame): boolean =>
      (frame.type === 'subscribed' || frame.type === 'problem') && frame.stream === stream;
    const at = await this.log.find(`"subscribed" to ${stream}`, (frames) => {
      const index = frames.findIndex((frame, place) => place >= from && isAnswer(frame));
      return index < 0 ? undefined : index;
    });
    const answer = this.log.frames[at];
    must(answer?.type === 'subscribed', `"subscribed" to ${stream}`, answer);
    return new Reading(this, at, answer);
  }

  /** Waits a while, for what must not come. */
  async quiet(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}

/** How {@link Peer.next} waits. */
export interface WaitOptions {
  /** The place in the log to look from. */
  from?: number;
  withinMs?: number;
  /** What is waited for, for the report. */
  expected?: string;
}

/** One subscription, from its `subscribed` on. */
export class Reading {
  readonly peer: Peer;
  readonly subscribed: FrameOf<'subscribed'>;
  readonly #at: number;

  constructor(peer: Peer, at: number, subscribed: FrameOf<'subscribed'>) {
    this.peer = peer;
    this.#at = at;
    this.subscribed = subscribed;
  }

  /** The events that came since, in the order in which they came. */
  get events(): LogEvent[] {
    return this.peer
      .all('event', this.#at)
      .flatMap(({ event }) => (event.stream === this.subscribed.stream ? [event] : []));
  }

  /** Waits for an event. */
  async event<T extends EventType>(
    type: T,
    matches: (event: LogEvent<T>) => boolean = () => true,
    withinMs?: number,
  ): Promise<LogEvent<T>> {
    const event = await this.peer.log.find(
      `an event ${type} in ${this.subscribed.stream}`,
      () => this.events.find((event) => event.type === type && matches(event as LogEvent<T>)),
      withinMs,
    );
    return event as LogEvent<T>;
  }

  /** Waits until an event with this seq, or one after it, has come. */
  async upTo(seq: number): Promise<LogEvent[]> {
    if (seq <= (this.subscribed.snapshot?.asOf.seq ?? -1)) return this.events;
    await this.peer.log.find(
      `the event ${seq} of ${this.subscribed.stream}`,
      () => this.events.find((event) => event.seq >= seq) ?? (seq === 0 || undefined),
    );
    return this.events;
  }

  /** Waits until all that was missed has come. */
  async caughtUp(): Promise<LogEvent[]> {
    const { headSeq, recovered } = this.subscribed;
    if (!recovered || headSeq === 0) return this.events;
    const isThere = (): true | undefined =>
      this.expectedFrom > headSeq || this.events.some(({ seq }) => seq >= headSeq) || undefined;
    await this.peer.log.find(`the events up to ${headSeq} of ${this.subscribed.stream}`, isThere);
    return this.events;
  }

  /** Set by whoever resumed: the first seq that must come. */
  expectedFrom = 1;

  /** A cursor behind the last event that came. */
  cursor(): Cursor {
    const last = this.events.at(-1);
    const { asOf } = this.subscribed.snapshot ?? {};
    if (last) return cursorAt(last);
    must(asOf !== undefined, 'a snapshot with its cursor, or an event', this.subscribed);
    return asOf;
  }
}

/** The cursor that stands on an event. */
export const cursorAt = ({ stream, epoch, seq, id }: LogEvent): Cursor => ({
  stream,
  epoch,
  seq,
  eventId: id,
});

function readFrame(text: string): { frame?: ServerFrame; error?: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: 'it is not JSON' };
  }
  const verdict = validateServerFrame(value);
  if (verdict.valid) return { frame: verdict.value };
  // It is kept all the same: what a check looks for may be in it, and the verdict stands elsewhere.
  const isFrame = typeof value === 'object' && value !== null && 'type' in value;
  return { error: verdict.error, ...(isFrame && { frame: value as ServerFrame }) };
}
