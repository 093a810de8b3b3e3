import type { InboxEntry, Queue } from '@sahay/protocol';

/** The conversations that wait for a person, in the order in which they began to. */
export class WaitingLine {
  #line: { conversationId: string; since: string }[] = [];
  #positions = new Map<string, number>();

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

  /** A conversation's place; `undefined` when it does not wait. How long it will take is not known, and not guessed. */
  queueOf(conversationId: string): Queue | undefined {
    const position = this.#positions.get(conversationId);
    return position === undefined ? undefined : { conversationId, position };
  }
}
