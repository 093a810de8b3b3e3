/** Lets each of many do only so much at once; what is more waits, in order. */
export class Turns<Key extends object> {
  readonly #atOnce: number;
  readonly #busy = new Map<Key, { running: number; waiting: (() => void)[] }>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Resolves when it is this one's turn; the turn lasts until the returned function is called. */
  async take(key: Key): Promise<() => void> {
    const held = this.#busy.get(key) ?? { running: 0, waiting: [] };
    this.#busy.set(key, held);
    if (held.running < this.#atOnce) held.running++;
    else await new Promise<void>((resolve) => held.waiting.push(resolve));
    return () => {
      const next = held.waiting.shift();
      if (next) next();
      else if (--held.running === 0) this.#busy.delete(key);
    };
  }
}
