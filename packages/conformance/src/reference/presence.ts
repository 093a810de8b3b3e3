import { parseStream, type StreamName } from '@sahay/protocol';
import type { ReferenceServer } from './reference-server.ts';
import type { Seat } from './seat.ts';

/** Tells staff who read a conversation whether its visitor is connected. */
export class ReferencePresence {
  readonly #server: ReferenceServer;

  constructor(server: ReferenceServer) {
    this.#server = server;
  }

  /** Somebody reads a stream from now on. */
  opened(seat: Seat, stream: StreamName): void {
    const address = parseStream(stream);
    if (address?.kind !== 'conversation' || address.audience !== 'staff') return;
    const visitorId = this.#server.log.backend.conversation(address.id)?.conversation?.visitor.id;
    if (visitorId === undefined) return;
    const data = {
      conversationId: address.id,
      participantId: visitorId,
      online: this.#connectionsOf(visitorId) > 0,
    };
    this.#server.say(seat, { type: 'signal', signal: { type: 'presence', data } });
  }

  /** Somebody's connection began or ended; only the first and the last of a visitor's change anything. */
  changed({ actor }: Seat, online: boolean): void {
    if (actor?.role !== 'visitor' || this.#connectionsOf(actor.id) !== (online ? 1 : 0)) return;
    for (const reader of this.#server.seats)
      for (const stream of reader.streams) {
        const address = parseStream(stream);
        if (address?.kind !== 'conversation' || address.audience !== 'staff') continue;
        const held = this.#server.log.backend.conversation(address.id);
        if (held?.conversation?.visitor.id === actor.id) this.opened(reader, stream);
      }
  }

  #connectionsOf(visitorId: string): number {
    return this.#server.seats.filter(({ actor }) => actor?.id === visitorId).length;
  }
}
