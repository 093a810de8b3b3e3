const prefix = 'sahay-console:';

/**
 * Something kept for this visit: until the browser's tab is closed or the agent signs out. Where the browser refuses storage it
 * lasts as long as the page.
 */
export class VisitStore<T> {
  readonly #key: string;
  readonly #accepts: (value: unknown) => value is T;

  constructor(name: string, accepts: (value: unknown) => value is T) {
    this.#key = prefix + name;
    this.#accepts = accepts;
  }

  /** What was kept; nothing when there is none, or it is not what it should be. */
  read(): T | undefined {
    try {
      const value: unknown = JSON.parse(sessionStorage.getItem(this.#key) ?? 'null');
      return this.#accepts(value) ? value : undefined;
    } catch {
      // Refused, or written by something else: as if nothing had been kept.
      return undefined;
    }
  }

  write(value: T): void {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Refused or full: it is not kept over a reload, and nothing else is lost.
    }
  }
}

/** Forgets what was kept for this visit. */
export function forgetVisit(): void {
  try {
    const keys = Array.from({ length: sessionStorage.length }, (_none, index) => sessionStorage.key(index));
    for (const key of keys) if (key?.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // Storage is refused: there is nothing to forget.
  }
}
