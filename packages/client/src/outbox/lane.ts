import type { OutboxEntry } from './outbox-entry.ts';

/** How many commands of one lane may be on their way at once. */
const window = 32;

/** An outbox id whose numbers will not do. */
export interface Renumbering {
  outboxId: string;
  /** The number that the backend waits for, when that is all there is to it. */
  expected?: number | undefined;
}

/** A lane as this tab sees it: its entries in order, and which of them are on their way over this connection. */
export class Lane {
  declare readonly name: string;
  entries: readonly OutboxEntry[] = [];
  /** Places of the entries that were sent over this connection and not answered yet. */
  readonly inFlight = new Set<number>();
  /** What keeps anything from leaving; each cancels what would lift it. */
  readonly blocks = new Set<() => void>();
  /** Set when something has to be sent again: nothing leaves until all that is on its way was answered. */
  halted = false;
  /** Why the numbers of an outbox id are no good any more; looked after once all that is on its way was answered. */
  declare renumber: Renumbering | undefined;
  /** How often in a row the backend asked for patience. */
  attempts = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Entries that wait to be settled. */
  get pending(): readonly OutboxEntry[] {
    return this.entries.filter((entry) => !entry.problem);
  }

  find(outboxId: string, n: number): OutboxEntry | undefined {
    return this.pending.find((entry) => entry.outboxId === outboxId && entry.n === n);
  }

  remove({ position }: OutboxEntry): void {
    this.entries = this.entries.filter((one) => one.position !== position);
    this.inFlight.delete(position);
  }

  replace(entry: OutboxEntry): void {
    this.entries = this.entries.map((one) => (one.position === entry.position ? entry : one));
  }

  /** What may be sent now, in order. Entries under another outbox id wait until those before them are settled. */
  sendable(): OutboxEntry[] {
    if (this.renumber || this.blocks.size || (this.halted && this.inFlight.size)) return [];
    this.halted = false;
    const { pending } = this;
    const end = pending.findIndex((entry) => entry.outboxId !== pending[0]!.outboxId);
    return pending
      .slice(0, end < 0 ? window : Math.min(end, window))
      .filter((entry) => !this.inFlight.has(entry.position));
  }

  /** The connection is gone: what was on its way is sent again over the next one, under the same numbers. */
  disconnected(): void {
    this.inFlight.clear();
    this.halted = false;
    this.renumber = undefined;
    for (const cancel of this.blocks) cancel();
    this.blocks.clear();
  }
}
