import type { Id, Signal, StreamName } from '@sahay/protocol';
import { encode, type Reader, type Subscription } from './reader.ts';

/** Who is subscribed to what. */
export class Subscriptions {
  readonly #byStream = new Map<StreamName, Set<Subscription>>();
  readonly #byReader = new Map<Reader, Map<StreamName, Subscription>>();

  /** Begins a subscription that gathers what is committed until it goes live. One before it on the same stream ends. */
  add(reader: Reader, stream: StreamName): Subscription {
    this.remove(reader, stream);
    const subscription: Subscription = { reader, stream, epoch: '', lastSeq: 0, pending: [] };
    const ofStream = this.#byStream.get(stream) ?? new Set();
    this.#byStream.set(stream, ofStream.add(subscription));
    const ofReader = this.#byReader.get(reader) ?? new Map<StreamName, Subscription>();
    this.#byReader.set(reader, ofReader.set(stream, subscription));
    return subscription;
  }

  /** Whether this very subscription still stands: it may have been replaced or ended while the log was read. */
  has(subscription: Subscription): boolean {
    return this.#byReader.get(subscription.reader)?.get(subscription.stream) === subscription;
  }

  count(reader: Reader): number {
    return this.#byReader.get(reader)?.size ?? 0;
  }

  remove(reader: Reader, stream: StreamName): Subscription | undefined {
    const ofReader = this.#byReader.get(reader);
    const subscription = ofReader?.get(stream);
    if (!ofReader || !subscription) return undefined;
    ofReader.delete(stream);
    if (ofReader.size === 0) this.#byReader.delete(reader);
    const ofStream = this.#byStream.get(stream);
    ofStream?.delete(subscription);
    if (ofStream?.size === 0) this.#byStream.delete(stream);
    return subscription;
  }

  /** Ends all of a reader's subscriptions, and says which they were. */
  removeAll(reader: Reader): Subscription[] {
    const streams = [...(this.#byReader.get(reader)?.keys() ?? [])];
    return streams.flatMap((stream) => this.remove(reader, stream) ?? []);
  }

  of(stream: StreamName): ReadonlySet<Subscription> | undefined {
    return this.#byStream.get(stream);
  }

  /** The readers who hear live what is said in these streams, each once. */
  liveReaders(streams: readonly StreamName[]): Set<Reader> {
    const readers = new Set<Reader>();
    for (const stream of streams)
      for (const { reader, pending } of this.#byStream.get(stream) ?? []) if (!pending) readers.add(reader);
    return readers;
  }

  /**
   * Sends a signal to everybody who hears these streams live. Who is still reading the log gets what counts with it.
   *
   * @param except a participant who knows already
   */
  tell(signal: Signal, streams: readonly StreamName[], except?: Id): void {
    const readers = this.liveReaders(streams);
    if (readers.size === 0) return;
    const frame = encode({ type: 'signal', signal });
    for (const reader of readers) if (reader.actor.id !== except) reader.deliver(frame);
  }
}
