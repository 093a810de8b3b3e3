import type { Conversation } from '@sahay/protocol';

/** How far the others got and read, and how far we did, as places of messages. */
export class ReceiptMarks {
  delivered = -Infinity;
  read = -Infinity;
  mine = -Infinity;

  /** Raises the marks to what the receipts say. Receipts of messages that are not held are older than all that are. */
  raise(
    receipts: Conversation['receipts'],
    me: string | undefined,
    placeOf: (id: string) => number | undefined,
  ): void {
    for (const [participant, receipt] of Object.entries(receipts)) {
      const [delivered, read] = [receipt.delivered, receipt.read].map((id) => placeOf(id!) ?? -Infinity) as [
        number,
        number,
      ];
      if (participant === me) this.mine = Math.max(this.mine, read);
      else {
        this.read = Math.max(this.read, read);
        this.delivered = Math.max(this.delivered, delivered, read);
      }
    }
  }

  markOf(place: number): 'read' | 'delivered' | 'sent' {
    return place <= this.read ? 'read' : place <= this.delivered ? 'delivered' : 'sent';
  }
}
