import type { ConversationHandle } from '@sahay/client';
import { numberOf } from './message-text.ts';
import { Counter } from './protocol-of-run.ts';
import type { Records } from './records.ts';

/** One conversation as its worker follows it: what was called, what is settled, and who waits for that. */
export class Talk {
  /** Its index in the history. */
  readonly index: number;
  id = '';
  /** Counts what happens in this conversation, so that "before" has a meaning. */
  #tick = 0;
  /** Messages that were taken and are not known to have arrived yet. */
  readonly unsettled = new Set<number>();
  readonly #records: Records;
  readonly #counters: Int32Array;
  readonly #settled = new Set<number>();
  #waiters: (() => void)[] = [];
  taken = 0;

  /** Whether the backend has it. */
  get hasArrived(): boolean {
    return this.#settled.size > 0;
  }

  constructor(index: number, records: Records, counters: Int32Array) {
    this.index = index;
    this.#records = records;
    this.#counters = counters;
  }

  called(message: number, writer: number): void {
    this.#records.called(this.index, message, writer, ++this.#tick);
  }

  wasTaken(message: number): void {
    this.taken++;
    Atomics.add(this.#counters, Counter.taken, 1);
    this.#records.taken(this.index, message, ++this.#tick);
    if (!this.#settled.has(message)) this.unsettled.add(message);
  }

  isSettled(message: number): boolean {
    return this.#settled.has(message);
  }

  acknowledged(message: number): void {
    this.#records.acknowledged(this.index, message);
    Atomics.add(this.#counters, Counter.acknowledged, 1);
    this.settle(message);
  }

  /** Somebody has the backend's word that it arrived: an acknowledgement, or the event. */
  settle(message: number): void {
    if (this.#settled.has(message)) return;
    this.#settled.add(message);
    this.unsettled.delete(message);
    Atomics.add(this.#counters, Counter.settled, 1);
    for (const wake of this.#waiters.splice(0)) wake();
  }

  /** Resolves at the next message that arrives, or after a while. */
  async change(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#waiters.push(resolve);
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }
}

/** What a view shows: places in the log, and what stands after them, on its way. */
export interface Shown {
  inLog: number[];
  pending: number[];
  refused: number[];
}

/** Reads a view from its first message to its last. */
export function shownBy(handle: ConversationHandle): Shown {
  const shown: Shown = { inLog: [], pending: [], refused: [] };
  for (const { message, own, delivery } of handle.getSnapshot().messages) {
    const number = numberOf(message);
    if (delivery === 'failed') shown.refused.push(number);
    // A message that has not come back in the log yet stands under the id that the client gave it.
    else if (own && message.id === message.clientMessageId) shown.pending.push(number);
    else shown.inLog.push(number);
  }
  return shown;
}
