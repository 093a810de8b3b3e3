import type { StreamName } from '@sahay/protocol';
import type { Database } from './database.ts';

/** A stream as the worker holds it: its number in the file, its epoch and the seq of its last event. */
export interface StreamRecord {
  n: number;
  id: StreamName;
  epoch: string;
  head: number;
}

const mostCached = 20_000;

/**
 * The streams, with their heads in memory. A head is written once for a transaction, however many events it got; one
 * that belonged to a command which is rolled back goes back too.
 */
export class StreamTable {
  readonly #db: Database;
  readonly #newEpoch: () => string;
  readonly #cache = new Map<StreamName, StreamRecord>();
  readonly #dirty = new Set<StreamRecord>();
  #rotated: { stream: StreamRecord; epoch: string }[] = [];
  #advanced: { stream: StreamRecord; head: number }[] = [];
  #created: StreamRecord[] = [];

  constructor(db: Database, newEpoch: () => string) {
    this.#db = db;
    this.#newEpoch = newEpoch;
  }

  find(id: StreamName): StreamRecord | undefined {
    const cached = this.#cache.get(id);
    if (cached) return cached;
    const stored = this.#db.get<StreamRecord>('SELECT n, id, epoch, head FROM streams WHERE id = ?', id);
    if (stored) this.#cache.set(id, { ...stored });
    return this.#cache.get(id);
  }

  findOrCreate(id: StreamName): StreamRecord {
    const found = this.find(id);
    if (found) return found;
    this.#db.run('INSERT INTO streams (id, epoch, head) VALUES (?, ?, 0)', id, this.#newEpoch());
    const created = this.find(id);
    if (!created) throw new Error(`Stream ${id} was inserted and is not there.`);
    this.#created.push(created);
    return created;
  }

  /** The next seq of a stream. */
  advance(stream: StreamRecord): number {
    this.#advanced.push({ stream, head: stream.head });
    this.#dirty.add(stream);
    return ++stream.head;
  }

  /** Begins a new epoch: no cursor from before fits any more. The numbers go on. */
  rotate(id: StreamName): void {
    const stream = this.findOrCreate(id);
    this.#rotated.push({ stream, epoch: stream.epoch });
    stream.epoch = this.#newEpoch();
    this.#db.run('UPDATE streams SET epoch = ? WHERE n = ?', stream.epoch, stream.n);
  }

  /** Called where a savepoint begins. */
  mark(): void {
    this.#rotated = [];
    this.#advanced = [];
    this.#created = [];
  }

  /** Called after a roll-back to that savepoint. */
  revert(): void {
    for (const { stream, head } of this.#advanced.reverse()) stream.head = head;
    for (const { stream, epoch } of this.#rotated.reverse()) stream.epoch = epoch;
    for (const stream of this.#created) {
      this.#dirty.delete(stream);
      this.#cache.delete(stream.id);
    }
    this.mark();
  }

  /** Writes the heads, right before the commit. */
  flush(): void {
    for (const { n, head } of this.#dirty) this.#db.run('UPDATE streams SET head = ? WHERE n = ?', head, n);
  }

  /** Called after the commit. */
  settle(): void {
    if (this.#cache.size > mostCached) this.#cache.clear();
    this.#dirty.clear();
    this.mark();
  }
}
