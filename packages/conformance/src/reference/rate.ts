/** So many at once, then so many a second. */
export class Rate {
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #held = new Map<string, { tokens: number; at: number }>();

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
  }

  /** Takes one; the ms to wait when there is none. */
  take(key: string): number {
    const now = performance.now();
    const { tokens, at } = this.#held.get(key) ?? { tokens: this.#burst, at: now };
    const left = Math.min(this.#burst, tokens + ((now - at) / 1000) * this.#perSecond);
    this.#held.set(key, { tokens: left >= 1 ? left - 1 : left, at: now });
    return left >= 1 ? 0 : Math.ceil(((1 - left) / this.#perSecond) * 1000);
  }
}
