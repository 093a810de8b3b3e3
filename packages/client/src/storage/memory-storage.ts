import type { ClientStorage, StorageWriter } from './client-storage.ts';

/** Storage that ends with the page. */
export class MemoryStorage implements ClientStorage {
  readonly durable: boolean = false;
  #entries = new Map<string, unknown>();
  #last: Promise<unknown> = Promise.resolve();

  read<T>(work: (writer: StorageWriter) => T | Promise<T>): Promise<T> {
    return this.write(work);
  }

  write<T>(work: (writer: StorageWriter) => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      const entries = new Map(this.#entries);
      const result = await work({
        get: (key) => Promise.resolve(entries.get(key)),
        list: (prefix) =>
          Promise.resolve(
            [...entries].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1)),
          ),
        put: (key, value) => void entries.set(key, value),
        delete: (key) => void entries.delete(key),
      });
      this.#entries = entries;
      return result;
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  watch(): () => void {
    return () => undefined;
  }

  clear(): Promise<void> {
    return this.write(() => undefined).then(() => this.#entries.clear());
  }

  close(): void {
    // Whoever holds the object holds the data: there is nothing to let go of.
  }
}
