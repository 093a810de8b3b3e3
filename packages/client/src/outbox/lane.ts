import type { OutboxEntry } from './outbox-entry.ts';

/** How many commands of one lane may be on their way at once. */
const window = 32;

/** A lane as this tab sees it: its entries in order, and which of them are on their way over this connection. */
export class Lane {
  readonly name: string;
  entries: readonly OutboxEntry[] = [];
  /** Places of the entries that were sent over this connection and not answered yet. */
  readonly inFlight = new Set<number>();
  /** Set when something has to be sent again: nothing leaves until all that is on its way was answered. */
  halted = false;
  /** Set when the numbers of this outbox id are no good any more. */
  renumber: string | undefined;
  /** Cancels the pause after a refusal that passes. */
  pause: (() => void) | undefined;
  attempts = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Entries that wait to be settled. */
  get pending(): readonly OutboxEntry[] {
    return this.entries.filter((entry) => !entry.problem);
  }

  find(outboxId: string, n: number): OutboxEntry | undefined {
    return this.entries.find((entry) => !entry.problem && entry.outboxId === outboxId && entry.n === n);
  }

  remove(entry: OutboxEntry): void {
    this.entries = this.entries.filter((one) => one.position !== entry.position);
    this.inFlight.delete(entry.position);
  }

  replace(entry: OutboxEntry): void {
    this.entries = this.entries.map((one) => (one.position === entry.position ? entry : one));
  }

  /** What may be sent now, in order. Entries under another outbox id wait until those before them are settled. */
  sendable(): OutboxEntry[] {
    if (this.pause || this.renumber || (this.halted && this.inFlight.size > 0)) return [];
    this.halted = false;
    const pending = this.pending;
    const end = pending.findIndex((entry) => entry.outboxId !== pending[0]!.outboxId);
    return (end < 0 ? pending : pending.slice(0, end))
      .slice(0, window)
      .filter((entry) => !this.inFlight.has(entry.position));
  }

  /** The connection is gone: what was on its way is sent again over the next one, under the same numbers. */
  disconnected(): void {
    this.inFlight.clear();
    this.halted = false;
    this.renumber = undefined;
    this.resume();
  }

  resume(): void {
    this.pause?.();
    this.pause = undefined;
  }
}
