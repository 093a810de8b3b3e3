import type { ClientStorage, StorageReader, StorageWriter } from '../storage/client-storage.ts';
import { MemoryStorage } from '../storage/memory-storage.ts';

/** What the tabs of a browser share, and outlives them. */
export class SharedStorage {
  readonly #memory = new MemoryStorage();
  readonly #holders = new Set<StorageHolder>();

  /** The storage as one tab sees it. */
  open(): StorageHolder {
    const holder = new StorageHolder(this.#memory, () => {
      for (const other of this.#holders) if (other !== holder) other.tell();
    });
    this.#holders.add(holder);
    return holder;
  }

  /** Everything that is stored, as text. */
  async contents(): Promise<string> {
    return JSON.stringify(await this.#memory.read((reader) => reader.list('')));
  }
}

/** One tab's hold on a storage, in whose way things can be put. */
export class StorageHolder implements ClientStorage {
  readonly durable = true;
  /** Whether this tab is told that another one has written. */
  hears = true;
  /** Whether the browser refuses to store anything more. */
  isFull = false;
  /** Runs before each reading transaction. */
  beforeRead: (() => Promise<unknown>) | undefined;
  readonly #memory: MemoryStorage;
  readonly #wrote: () => void;
  readonly #listeners = new Set<() => void>();

  constructor(memory: MemoryStorage, wrote: () => void) {
    this.#memory = memory;
    this.#wrote = wrote;
  }

  async read<T>(work: (reader: StorageReader) => T | Promise<T>): Promise<T> {
    await this.beforeRead?.();
    return this.#memory.read(work);
  }

  async write<T>(work: (writer: StorageWriter) => T | Promise<T>): Promise<T> {
    if (this.isFull) throw new DOMException('There is no space left.', 'QuotaExceededError');
    const result = await this.#memory.write(work);
    this.#wrote();
    return result;
  }

  async clear(): Promise<void> {
    await this.#memory.clear();
    this.#wrote();
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    if (this.hears) for (const listener of this.#listeners) queueMicrotask(listener);
  }

  close(): void {
    this.#listeners.clear();
  }
}
