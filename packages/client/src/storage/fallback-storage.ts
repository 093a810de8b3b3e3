import { MemoryStorage } from './memory-storage.ts';
import type { ClientStorage, StorageReader, StorageWriter } from './client-storage.ts';

/** A storage that turns into memory for good when it is refused (`SecurityError`, no space, a private window). */
export class FallbackStorage implements ClientStorage {
  #storage: ClientStorage;

  constructor(storage: ClientStorage) {
    this.#storage = storage;
  }

  get durable(): boolean {
    return this.#storage.durable;
  }

  read<T>(work: (reader: StorageReader) => T | Promise<T>): Promise<T> {
    return this.#try((storage) => storage.read(work));
  }

  write<T>(work: (writer: StorageWriter) => T | Promise<T>): Promise<T> {
    return this.#try((storage) => storage.write(work));
  }

  watch(listener: () => void): () => void {
    return this.#storage.watch(listener);
  }

  clear(): Promise<void> {
    return this.#try((storage) => storage.clear());
  }

  close(): void {
    this.#storage.close();
  }

  async #try<T>(attempt: (storage: ClientStorage) => Promise<T>): Promise<T> {
    const storage = this.#storage;
    try {
      return await attempt(storage);
    } catch (error) {
      if (storage instanceof MemoryStorage) throw error;
      if (this.#storage === storage) {
        storage.close();
        this.#storage = new MemoryStorage();
      }
      return attempt(this.#storage);
    }
  }
}
