import type { ClientStorage, StorageReader, StorageWriter } from './client-storage.ts';

const storeName = 'entries';

/** Storage in IndexedDB, shared by the tabs of an origin. Nothing is created before the first write. */
export class IndexedDbStorage implements ClientStorage {
  readonly durable = true;
  readonly #name: string;
  readonly #openMs: number;
  readonly #watchers = new Set<() => void>();
  #database: Promise<IDBDatabase | undefined> | undefined;
  #channel: BroadcastChannel | undefined;

  /**
   * @param name the database's name; one for each namespace.
   * @param openMs how long opening it may take, in ms: behind a deletion that a frozen tab holds up it takes for ever.
   */
  constructor(name: string, openMs = 10_000) {
    this.#name = name;
    this.#openMs = openMs;
  }

  read<T>(work: (reader: StorageReader) => T | Promise<T>): Promise<T> {
    return this.#run('readonly', work);
  }

  async write<T>(work: (writer: StorageWriter) => T | Promise<T>): Promise<T> {
    const result = await this.#run('readwrite', work);
    this.#say();
    return result;
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    this.#listen();
    return () => this.#watchers.delete(listener);
  }

  async clear(): Promise<void> {
    await this.write(async (writer) => {
      for (const [key] of await writer.list('')) writer.delete(key);
    });
    (await this.#database)?.close();
    this.#database = undefined;
    // The data is gone already; other tabs may keep the empty database open a little longer.
    await new Promise<void>((resolve) => {
      const request = indexedDB.deleteDatabase(this.#name);
      request.onsuccess = request.onblocked = request.onerror = () => resolve();
    });
  }

  close(): void {
    this.#watchers.clear();
    this.#channel?.close();
    this.#channel = undefined;
    void this.#database?.then(
      (database) => database?.close(),
      () => undefined,
    );
    this.#database = undefined;
  }

  async #open(create: boolean): Promise<IDBDatabase | undefined> {
    const database = await (this.#database ??= this.#connect(create));
    if (database) return database;
    this.#database = undefined;
    return create ? this.#open(true) : undefined;
  }

  #connect(create: boolean): Promise<IDBDatabase | undefined> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(this.#name, 1);
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        reject(new DOMException('The database did not open in time.', 'TimeoutError'));
      }, this.#openMs);
      let absent = false;
      request.onupgradeneeded = () => {
        if (create && !late) request.result.createObjectStore(storeName);
        else {
          absent = true;
          request.transaction!.abort();
        }
      };
      request.onerror = () => {
        clearTimeout(timer);
        if (absent) resolve(undefined);
        else reject(request.error!);
      };
      request.onsuccess = () => {
        clearTimeout(timer);
        const database = request.result;
        // Nobody waits for it any more, and open it would keep others waiting.
        if (late) return database.close();
        const forget = () => {
          database.close();
          this.#database = undefined;
        };
        database.onversionchange = database.onclose = forget;
        resolve(database);
      };
    });
  }

  async #run<T>(
    mode: IDBTransactionMode,
    work: (writer: StorageWriter) => T | Promise<T>,
    isLast?: boolean,
  ): Promise<T> {
    const database = await this.#open(mode === 'readwrite');
    if (!database) return work(emptyReader as StorageWriter);
    try {
      return await this.#transact(database, mode, work);
    } catch (error) {
      // A browser may lose what is behind a connection while the page sleeps (WebKit does): another one may do.
      if (isLast || !(error instanceof DOMException)) throw error;
      database.close();
      // Another step may have opened a new one already.
      if ((await this.#database?.catch(() => undefined)) === database) this.#database = undefined;
      return this.#run(mode, work, true);
    }
  }

  #transact<T>(
    database: IDBDatabase,
    mode: IDBTransactionMode,
    work: (writer: StorageWriter) => T | Promise<T>,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(storeName, mode, { durability: 'strict' });
      let result: T;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error!);
      Promise.resolve(work(writerOn(transaction.objectStore(storeName)))).then(
        (value) => (result = value),
        (error: Error) => {
          reject(error);
          // A request that failed has aborted it already.
          if (!transaction.error) transaction.abort();
        },
      );
    });
  }

  #listen(): BroadcastChannel | undefined {
    if (this.#channel || typeof BroadcastChannel !== 'function') return this.#channel;
    const channel = new BroadcastChannel(this.#name);
    channel.onmessage = () => {
      for (const listener of this.#watchers) listener();
    };
    // In Node a channel would keep the process alive.
    (channel as { unref?: () => void }).unref?.();
    return (this.#channel = channel);
  }

  #say(): void {
    this.#listen()?.postMessage(0);
  }
}

const emptyReader: StorageReader = { get: async () => undefined, list: async () => [] };

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });

function writerOn(store: IDBObjectStore): StorageWriter {
  return {
    get: (key) => answerOf<unknown>(store.get(key)),
    async list(prefix) {
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const [keys, values] = await Promise.all([
        answerOf(store.getAllKeys(range)),
        answerOf<unknown[]>(store.getAll(range)),
      ]);
      return keys.map((key, index) => [key as string, values[index]]);
    },
    put: (key, value) => void store.put(value, key),
    delete: (key) => void store.delete(key),
  };
}
