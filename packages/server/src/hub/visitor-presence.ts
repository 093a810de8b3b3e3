import { conversationStream, parseStream, type Id } from '@sahay/protocol';
import { encode, type Reader, type Subscription } from './reader.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Tells staff whether the visitor has the conversation open now. */
export class VisitorPresence {
  readonly #subscriptions: Subscriptions;

  constructor(subscriptions: Subscriptions) {
    this.#subscriptions = subscriptions;
  }

  /** A subscription went live. */
  opened({ reader, stream }: Subscription): void {
    const address = parseStream(stream);
    if (address?.kind !== 'conversation') return;
    if (reader.actor.role === 'visitor') this.#tell(address.id, reader.actor.id, true);
    if (address.audience === 'staff') this.#tellWhoIsHere(reader, address.id);
  }

  /** A subscription ended. The visitor may have the conversation open in another tab. */
  closed({ reader, stream }: Subscription): void {
    const address = parseStream(stream);
    if (address?.kind !== 'conversation' || reader.actor.role !== 'visitor') return;
    if (!this.#visitorsOf(address.id).has(reader.actor.id)) this.#tell(address.id, reader.actor.id, false);
  }

  /** Whether a visitor has the conversation open now. */
  isThere(conversationId: Id): boolean {
    return this.#visitorsOf(conversationId).size > 0;
  }

  #tell(conversationId: Id, participantId: Id, online: boolean): void {
    this.#subscriptions.tell({ type: 'presence', data: { conversationId, participantId, online } }, [
      conversationStream(conversationId, 'staff'),
    ]);
  }

  #tellWhoIsHere(reader: Reader, conversationId: Id): void {
    for (const participantId of this.#visitorsOf(conversationId)) {
      const data = { conversationId, participantId, online: true };
      reader.deliver(encode({ type: 'signal', signal: { type: 'presence', data } }));
    }
  }

  #visitorsOf(conversationId: Id): Set<Id> {
    const readers = this.#subscriptions.liveReaders([conversationStream(conversationId, 'public')]);
    return new Set([...readers].filter(({ actor }) => actor.role === 'visitor').map(({ actor }) => actor.id));
  }
}
