import type { ClientStorage, StorageReader, StorageWriter } from './client-storage.ts';

/** A storage that turns into memory for good when it is refused (`SecurityError`, no space, a private window). */
export class FallbackStorage implements ClientStorage {
  /** Absent once it was refused. */
  #storage: ClientStorage | undefined;
  #memory: Promise<ClientStorage> | undefined;
  /** What it was refused with. */
  refusal: unknown;

  constructor(storage: ClientStorage | undefined) {
    this.#storage = storage;
  }

  get durable(): boolean {
    return this.#storage?.durable ?? false;
  }

  read<T>(work: (reader: StorageReader) => T | Promise<T>): Promise<T> {
    return this.#try((storage) => storage.read(work));
  }

  write<T>(work: (writer: StorageWriter) => T | Promise<T>): Promise<T> {
    return this.#try((storage) => storage.write(work));
  }

  watch(listener: () => void): () => void {
    return this.#storage?.watch(listener) ?? (() => undefined);
  }

  clear(): Promise<void> {
    return this.#try((storage) => storage.clear());
  }

  close(): void {
    this.#storage?.close();
  }

  async #try<T>(attempt: (storage: ClientStorage) => Promise<T>): Promise<T> {
    const storage = this.#storage;
    try {
      if (storage) return await attempt(storage);
    } catch (error) {
      if (this.#storage === storage) {
        this.refusal = error;
        storage?.close();
        this.#storage = undefined;
      }
    }
    this.#memory ??= import('./memory-storage.ts').then(({ MemoryStorage }) => new MemoryStorage());
    return attempt(await this.#memory);
  }
}
