/**
 * State to read and watch. A snapshot is immutable, and the same object until something changes, so this fits React's
 * `useSyncExternalStore` and a Lit controller alike.
 */
export interface Readable<T> {
  getSnapshot(): T;
  /** Calls `listener` after every change; returns the unsubscribe. */
  subscribe(listener: () => void): () => void;
}

/** A {@link Readable} whose snapshot is built when somebody asks for it. */
export class Observable<T> implements Readable<T> {
  readonly #build: () => T;
  /** Who looks on. */
  readonly listeners = new Set<() => void>();
  #snapshot: T | undefined;

  constructor(build: () => T) {
    this.#build = build;
  }

  getSnapshot = (): T => (this.#snapshot ??= this.#build());

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Says that the snapshot is out of date. */
  changed(): void {
    this.#snapshot = undefined;
    for (const listener of [...this.listeners]) listener();
  }
}
