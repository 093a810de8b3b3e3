/** What a page that was killed answers to whatever still waits for it. */
export class PageGoneError extends Error {
  override readonly name = 'PageGoneError';

  constructor() {
    super('This page was killed.');
  }
}

type Held = { work: () => void; ifKilled: () => void };

/**
 * The door through which everything reaches a page's code: timers, sockets, storage, answers. Shut for a while, the page
 * is frozen, as a browser freezes tabs in the background; shut for good, it is dead, and nothing of it runs any more.
 */
export class Gate {
  #state: 'open' | 'frozen' | 'dead' = 'open';
  #held: Held[] = [];

  get isDead(): boolean {
    return this.#state === 'dead';
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Runs the work now, after the thaw, or never. */
  run(work: () => void, ifKilled: () => void = () => undefined): void {
    if (this.#state === 'open') work();
    else if (this.#state === 'frozen') this.#held.push({ work, ifKilled });
    else ifKilled();
  }

  /** The promise as the page hears of it. A dead page's rejects, so that locks it holds are let go, as a browser does. */
  pass<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const ifKilled = () => reject(new PageGoneError());
      promise.then(
        (value) => this.run(() => resolve(value), ifKilled),
        (error: unknown) =>
          this.run(() => reject(error instanceof Error ? error : new Error(String(error))), ifKilled),
      );
    });
  }

  freeze(): void {
    if (this.#state === 'open') this.#state = 'frozen';
  }

  thaw(): void {
    if (this.#state !== 'frozen') return;
    this.#state = 'open';
    for (const { work } of this.#held.splice(0)) work();
  }

  kill(): void {
    this.#state = 'dead';
    for (const { ifKilled } of this.#held.splice(0)) ifKilled();
  }
}
