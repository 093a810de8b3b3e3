import type { InboxEntry, Queue } from '@sahay/protocol';
import { QueueWaits, type WaitChange } from './queue-waits.ts';

/** The conversations that wait for a person, in the order in which they began to. */
export class WaitingLine {
  #line: { conversationId: string; since: string }[] = [];
  #positions = new Map<string, number>();
  readonly #waits: QueueWaits;

  /** @param wereOpen whether people were there to come all the while; see {@link QueueWaits} */
  constructor(wereOpen?: (from: number, to: number) => boolean) {
    this.#waits = new QueueWaits(wereOpen);
  }

  /** Everybody who waits, in order. */
  all(): string[] {
    return this.#line.map(({ conversationId }) => conversationId);
  }

  /** How long it takes whoever comes next, as far as that was measured. */
  get nextWait(): Queue['estimatedWaitSeconds'] {
    return this.#waits.estimate(this.#line.length + 1);
  }

  /** Follows the inbox's log. Returns those whose place is now another. */
  observe(entry: WaitChange, time: string): string[] {
    const changed = this.update(entry);
    this.#waits.observe(entry, time, this.#positions.get(entry.conversationId));
    return changed;
  }

  /** Sets who waits now, whatever was observed: part of the log may be gone. */
  reset(waiting: readonly { conversationId: string; waitingSince: string }[]): void {
    this.#line = [];
    this.#positions = new Map();
    for (const entry of waiting) this.update(entry);
    this.#waits.keepOnly(new Set(waiting.map(({ conversationId }) => conversationId)));
  }

  /** Sets or ends a conversation's wait. Returns those whose place is now another. */
  update({ conversationId, waitingSince }: Pick<InboxEntry, 'conversationId' | 'waitingSince'>): string[] {
    const held = this.#positions.get(conversationId);
    if (held === undefined && waitingSince === undefined) return [];
    if (held !== undefined && this.#line[held - 1]?.since === waitingSince) return [];
    const last = this.#line.at(-1);
    if (held === undefined && waitingSince !== undefined && (!last || last.since <= waitingSince)) {
      // Whoever comes last moves nobody: however long the line is, that costs the same.
      this.#positions.set(conversationId, this.#line.push({ conversationId, since: waitingSince }));
      return [conversationId];
    }
    if (held !== undefined) this.#line.splice(held - 1, 1);
    if (waitingSince !== undefined) this.#insert(conversationId, waitingSince);
    const before = this.#positions;
    this.#positions = new Map(this.#line.map((entry, index) => [entry.conversationId, index + 1]));
    const all = new Set([...before.keys(), ...this.#positions.keys()]);
    return [...all].filter((id) => before.get(id) !== this.#positions.get(id));
  }

  #insert(conversationId: string, since: string): void {
    const after = this.#line.findLastIndex((entry) => entry.since <= since);
    this.#line.splice(after + 1, 0, { conversationId, since });
  }

  /** A conversation's place, and how long it takes from there as far as that was measured; `undefined` when it does not wait. */
  queueOf(conversationId: string): Queue | undefined {
    const position = this.#positions.get(conversationId);
    if (position === undefined) return undefined;
    const estimatedWaitSeconds = this.#waits.estimate(position);
    return { conversationId, position, ...(estimatedWaitSeconds && { estimatedWaitSeconds }) };
  }
}
