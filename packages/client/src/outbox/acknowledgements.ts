import type { CommandResult } from '@sahay/protocol';
import type { SahayError } from '../sahay-error.ts';
import type { OutboxEntry } from './outbox-entry.ts';

type Waiter = { resolve: (result: CommandResult) => void; reject: (error: SahayError) => void };
const idOf = ({ lane, position }: OutboxEntry): string => `${lane}/${position}`;

/** Who waits to hear what became of which entry. An entry is found by its place, which stays when it is numbered anew. */
export class Acknowledgements {
  readonly #waiters = new Map<string, Waiter>();

  of(entry: OutboxEntry): Promise<CommandResult> {
    const result = new Promise<CommandResult>((resolve, reject) =>
      this.#waiters.set(idOf(entry), { resolve, reject }),
    );
    // Whoever does not await it still sees the refusal: parked in the lane, and as a problem event.
    result.catch(() => undefined);
    return result;
  }

  resolve(entry: OutboxEntry, result: CommandResult): void {
    this.#waiters.get(idOf(entry))?.resolve(result);
    this.#waiters.delete(idOf(entry));
  }

  reject(entry: OutboxEntry, error: SahayError): void {
    this.#waiters.get(idOf(entry))?.reject(error);
    this.#waiters.delete(idOf(entry));
  }

  rejectAll(error: SahayError): void {
    for (const waiter of this.#waiters.values()) waiter.reject(error);
    this.#waiters.clear();
  }
}
