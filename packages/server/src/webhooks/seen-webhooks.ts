/**
 * Remembers which events came already, in memory. An event is tried again for three days, so that a receiver whose work
 * must not be done twice keeps the ids with that work instead: in the same transaction.
 *
 * @example if (seen.isRepeated(event.id)) return new Response(null, { status: 204 });
 */
export class SeenWebhooks {
  readonly #ids = new Set<string>();
  readonly #most: number;

  /** @param most how many ids are remembered; the oldest are forgotten first. Default 100,000. */
  constructor(most = 100_000) {
    this.#most = most;
  }

  /** Whether the id came before; from now on it has. */
  isRepeated(id: string): boolean {
    if (this.#ids.has(id)) return true;
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > this.#most && oldest !== undefined) this.#ids.delete(oldest);
    return false;
  }
}
