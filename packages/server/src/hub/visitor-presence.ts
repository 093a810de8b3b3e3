import { conversationStream, parseStream, type Id } from '@sahay/protocol';
import { encode, type Reader, type Subscription } from './reader.ts';
import type { Subscriptions } from './subscriptions.ts';

/** What {@link VisitorPresence} needs. */
export interface VisitorPresenceParts {
  subscriptions: Subscriptions;
  /** Whose conversation it is. */
  visitorOf: (conversationId: Id) => Promise<Id | undefined>;
  /** Told that this could not be read. */
  onError: (error: unknown) => void;
}

/**
 * Tells staff who read a conversation whether its visitor is connected, whatever she has open: her pages connect by themselves once she
 * has talked. Where she reads this very conversation, no e-mail has to tell her of an answer.
 */
export class VisitorPresence {
  readonly #parts: VisitorPresenceParts;
  /** How many connections each visitor has. */
  readonly #connected = new Map<Id, number>();
  /** The conversations that staff read now, by their visitors, and the other way round. */
  readonly #watched = new Map<Id, Set<Id>>();
  readonly #visitors = new Map<Id, Id>();

  constructor(parts: VisitorPresenceParts) {
    this.#parts = parts;
  }

  /** A visitor connected. */
  joined(visitorId: Id): void {
    const before = this.#connected.get(visitorId) ?? 0;
    this.#connected.set(visitorId, before + 1);
    if (before === 0) this.#tell(visitorId);
  }

  /** One of her connections ended; she may have others, in other tabs. */
  left(visitorId: Id): void {
    const now = (this.#connected.get(visitorId) ?? 0) - 1;
    if (now > 0) return void this.#connected.set(visitorId, now);
    this.#connected.delete(visitorId);
    this.#tell(visitorId);
  }

  /** A subscription went live: staff are told how it stands. */
  opened({ reader, stream }: Subscription): void {
    const address = parseStream(stream);
    if (address?.kind !== 'conversation' || address.audience !== 'staff') return;
    this.#tellWhetherThere(reader, address.id).catch(this.#parts.onError);
  }

  /** A subscription ended. */
  closed({ stream }: Subscription): void {
    const address = parseStream(stream);
    if (address?.kind !== 'conversation' || address.audience !== 'staff') return;
    if (!this.#parts.subscriptions.of(stream)) this.#forget(address.id);
  }

  /** Whether a visitor has the conversation open now. */
  isThere(conversationId: Id): boolean {
    const readers = this.#parts.subscriptions.liveReaders([conversationStream(conversationId, 'public')]);
    return [...readers].some(({ actor }) => actor.role === 'visitor');
  }

  async #tellWhetherThere(reader: Reader, conversationId: Id): Promise<void> {
    const { subscriptions, visitorOf } = this.#parts;
    const visitorId = await visitorOf(conversationId);
    const readers = subscriptions.liveReaders([conversationStream(conversationId, 'staff')]);
    if (visitorId === undefined || !readers.has(reader)) return;
    // Who an anonymous visitor was is no longer asked for once she is known.
    this.#forget(conversationId);
    this.#visitors.set(conversationId, visitorId);
    this.#watched.set(visitorId, (this.#watched.get(visitorId) ?? new Set()).add(conversationId));
    const data = { conversationId, participantId: visitorId, online: this.#connected.has(visitorId) };
    reader.deliver(encode({ type: 'signal', signal: { type: 'presence', data } }));
  }

  #forget(conversationId: Id): void {
    const visitorId = this.#visitors.get(conversationId);
    if (visitorId === undefined) return;
    this.#visitors.delete(conversationId);
    const watched = this.#watched.get(visitorId)!;
    watched.delete(conversationId);
    if (watched.size === 0) this.#watched.delete(visitorId);
  }

  #tell(participantId: Id): void {
    const online = this.#connected.has(participantId);
    for (const conversationId of this.#watched.get(participantId) ?? [])
      this.#parts.subscriptions.tell({ type: 'presence', data: { conversationId, participantId, online } }, [
        conversationStream(conversationId, 'staff'),
      ]);
  }
}
