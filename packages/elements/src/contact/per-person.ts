import type { SupportClient } from '@sahay/client';

/**
 * Holds something for the person behind each client: after a logout, or once somebody else has signed in, it begins anew. Whoever only
 * becomes known stays who she was.
 */
export class PerPerson<T> {
  readonly #held = new WeakMap<SupportClient, { person: string | undefined; value: T }>();
  readonly #fresh: () => T;

  constructor(fresh: () => T) {
    this.#fresh = fresh;
  }

  of(client: SupportClient): T {
    const held = this.#held.get(client);
    if (held) return held.value;
    const { user } = client;
    const whom = (): string | undefined => user.getSnapshot().participant?.id;
    const made = { person: whom(), value: this.#fresh() };
    this.#held.set(client, made);
    // Nobody may ask for it between one person and the next. What is subscribed to goes with the client.
    user.subscribe(() => {
      const before = made.person;
      made.person = whom();
      if (before !== undefined && before !== made.person) made.value = this.#fresh();
    });
    return made.value;
  }

  /** What is held for her begins anew. */
  forget(client: SupportClient): void {
    const held = this.#held.get(client);
    if (held) held.value = this.#fresh();
  }
}
