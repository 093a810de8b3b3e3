import type { ClientStorage, StorageReader, StorageWriter } from '@sahay/client/connector';
import type { Gate } from './gate.ts';
import { PageGoneError } from './gate.ts';

interface Holder {
  gate: Gate;
  listeners: Set<() => void>;
  isToBeTold: boolean;
}

/**
 * What a visitor's browser keeps, shared by her tabs and outliving each of them. Transactions run one after the other and
 * happen whole or not at all; values are copied in, as IndexedDB does, and come out frozen, so that who would change what all
 * tabs see fails.
 */
export class BrowserStorage {
  #entries = new Map<string, unknown>();
  #keys: string[] | undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #holders = new Set<Holder>();

  /** The storage as one page sees it. */
  openFor(gate: Gate): ClientStorage {
    const holder: Holder = { gate, listeners: new Set(), isToBeTold: false };
    this.#holders.add(holder);
    const write = <T>(work: (writer: StorageWriter) => T | Promise<T>): Promise<T> =>
      gate.pass(
        this.#inTurn(() => this.#write(gate, work)).then((result) => {
          this.#tell(holder.gate);
          return result;
        }),
      );
    return {
      durable: true,
      read: (work) => gate.pass(this.#inTurn(async () => work(this.#reader()))),
      write,
      watch: (listener) => {
        holder.listeners.add(listener);
        return () => holder.listeners.delete(listener);
      },
      clear: () =>
        write(() => {
          this.#entries = new Map();
          this.#keys = undefined;
        }),
      close: () => void this.#holders.delete(holder),
    };
  }

  /** Lets go of the watchers of a page that was killed without closing anything. */
  forget(gate: Gate): void {
    for (const holder of this.#holders) if (holder.gate === gate) this.#holders.delete(holder);
  }

  /** Hears of each transaction: who wrote, and what stood there before. Planted faults look here. */
  protected committed(_gate: Gate, _before: Map<string, unknown>): void {
    // A storage without a fault has nothing to remember.
  }

  /** Hears that a transaction has changed what is stored, and what stood there before. Planted faults look here. */
  protected changed(_before: ReadonlyMap<string, unknown>): void {
    // A storage without a fault has nothing to do.
  }

  /** Puts things back as they were; `undefined` removes. For planted faults. */
  protected restore(values: Map<string, unknown>): void {
    this.#keys = undefined;
    for (const [key, value] of values)
      if (value === undefined) this.#entries.delete(key);
      else this.#entries.set(key, value);
  }

  protected get keys(): string[] {
    return [...this.#entries.keys()];
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #tell(writer: Gate): void {
    for (const holder of this.#holders) {
      // What several have written in one turn is told at once.
      if (holder.gate === writer || holder.isToBeTold) continue;
      holder.isToBeTold = true;
      setImmediate(() => {
        holder.isToBeTold = false;
        holder.gate.run(() => {
          for (const listener of holder.listeners) listener();
        });
      });
    }
  }

  #sortedKeys(): string[] {
    return (this.#keys ??= [...this.#entries.keys()].sort());
  }

  #reader(): StorageReader {
    return {
      get: (key) => Promise.resolve(this.#entries.get(key)),
      list: (prefix) =>
        Promise.resolve(
          this.#sortedKeys()
            .filter((key) => key.startsWith(prefix))
            .map((key) => [key, this.#entries.get(key)]),
        ),
    };
  }

  /** A page that dies before its transaction has committed leaves nothing of it. */
  async #write<T>(gate: Gate, work: (writer: StorageWriter) => T | Promise<T>): Promise<T> {
    const changes = new Map<string, { value: unknown } | undefined>();
    const stored = this.#reader();
    const writer: StorageWriter = {
      get: async (key) => (changes.has(key) ? changes.get(key)?.value : stored.get(key)),
      list: async (prefix) => {
        const rows = new Map(await stored.list(prefix));
        for (const [key, change] of changes)
          if (key.startsWith(prefix)) {
            if (change) rows.set(key, change.value);
            else rows.delete(key);
          }
        return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
      },
      put: (key, value) => void changes.set(key, { value: copyOf(value) }),
      delete: (key) => void changes.set(key, undefined),
    };
    const result = await work(writer);
    if (gate.isDead) throw new PageGoneError();
    const before = new Map([...changes.keys()].map((key) => [key, this.#entries.get(key)]));
    this.committed(gate, before);
    for (const [key, change] of changes) {
      if (change ? !this.#entries.has(key) : this.#entries.has(key)) this.#keys = undefined;
      if (change) this.#entries.set(key, change.value);
      else this.#entries.delete(key);
    }
    this.changed(before);
    return result;
  }
}

/** What clients store is plain data; copied as such it costs a fraction of a structured clone. */
const copyOf = (value: unknown): unknown =>
  value === undefined ? undefined : frozen(JSON.parse(JSON.stringify(value)));

function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(Object.freeze(value))) frozen(part);
  return value;
}
