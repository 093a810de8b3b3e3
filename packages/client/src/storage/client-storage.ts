/** Reads within one transaction. Await nothing else between its calls: IndexedDB would end the transaction. */
export interface StorageReader {
  get(key: string): Promise<unknown>;
  /** Every entry whose key starts with `prefix`, by key. */
  list(prefix: string): Promise<[key: string, value: unknown][]>;
}

/** Reads and writes within one transaction: all of it happens, or nothing. */
export interface StorageWriter extends StorageReader {
  put(key: string, value: unknown): void;
  delete(key: string): void;
}

/**
 * Where a client keeps what must survive the page: the session, the outbox, the current conversation.
 * Values are structured-cloneable. Two holders of one storage (two tabs) see each other's transactions one after the other.
 */
export interface ClientStorage {
  /** Whether what is written survives the page. */
  readonly durable: boolean;
  /** Why it does not, where it was meant to. */
  readonly refusal?: unknown;
  read<T>(work: (reader: StorageReader) => T | Promise<T>): Promise<T>;
  /** Resolves once the transaction is committed. */
  write<T>(work: (writer: StorageWriter) => T | Promise<T>): Promise<T>;
  /** Calls `listener` when another holder has written; returns the unsubscribe. */
  watch(listener: () => void): () => void;
  /** Removes everything. */
  clear(): Promise<void>;
  /** Lets go of connections and listeners; what is stored stays. */
  close(): void;
}
