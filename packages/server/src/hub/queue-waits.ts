import type { InboxEntry, Queue } from '@sahay/protocol';
import { percentile } from '../insights/percentile.ts';

/** A change of a conversation's wait, as the inbox's log has it. */
export type WaitChange = Pick<InboxEntry, 'conversationId' | 'waitingSince' | 'assignment'>;

type Wait = { position: number; seconds: number };

/** Fewer waits than this say nothing about the next. */
const fewest = 5;
const mostRemembered = 500;

/** Places count as similar when they are at most a quarter, or one, apart. */
const isSimilar = (one: number, other: number): boolean => Math.abs(one - other) <= Math.max(1, other / 4);

/** How long conversations waited until a person took them, by the place at which they began to: measured, never guessed. */
export class QueueWaits {
  readonly #begun = new Map<string, { position: number; since: string }>();
  readonly #wereOpen: (from: number, to: number) => boolean;
  #waits: Wait[] = [];

  /** @param wereOpen whether it was open all the while between two moments: a night says nothing about a wait by day */
  constructor(wereOpen: (from: number, to: number) => boolean = () => true) {
    this.#wereOpen = wereOpen;
  }

  /**
   * Follows the inbox's log. A wait that ended in another way (the visitor left, the bot went on) was not until a person came
   * and is not counted; one that goes on (it rings at an agent's) keeps its beginning.
   *
   * @param time when it happened
   * @param position the place that the conversation has now
   */
  observe(
    { conversationId, waitingSince, assignment }: WaitChange,
    time: string,
    position: number | undefined,
  ): void {
    const begun = this.#begun.get(conversationId);
    if (waitingSince !== undefined && position !== undefined) {
      if (!begun) this.#begun.set(conversationId, { position, since: waitingSince });
      return;
    }
    if (!begun) return;
    this.#begun.delete(conversationId);
    const [from, to] = [Date.parse(begun.since), Date.parse(time)];
    if (assignment.state !== 'assigned' || !this.#wereOpen(from, to)) return;
    this.#waits.push({ position: begun.position, seconds: (to - from) / 1000 });
    if (this.#waits.length > mostRemembered) this.#waits = this.#waits.slice(-mostRemembered);
  }

  /** Forgets the beginnings of all other conversations. */
  keepOnly(waiting: ReadonlySet<string>): void {
    for (const id of this.#begun.keys()) if (!waiting.has(id)) this.#begun.delete(id);
  }

  /**
   * How long half of those waited who began at a similar place: from the 25th to the 75th percentile, in whole seconds.
   * `undefined` until there were five.
   */
  estimate(position: number): Queue['estimatedWaitSeconds'] {
    const seconds = this.#waits
      .filter((wait) => isSimilar(wait.position, position))
      .map((wait) => wait.seconds)
      .sort((a, b) => a - b);
    const [low, high] = [percentile(seconds, 0.25), percentile(seconds, 0.75)];
    if (seconds.length < fewest || low === undefined || high === undefined) return undefined;
    // A wait of nothing is not a wait that is known to be nothing.
    return { low: Math.floor(low), high: Math.max(1, Math.ceil(high)) };
  }
}
