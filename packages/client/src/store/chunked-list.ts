const bits = 7;
const mask = (1 << bits) - 1;

/**
 * An immutable list in chunks of 128. Appending costs the same however long it is: lists that grew from each other share
 * their chunks, and each sees no further than its own length. So append to the latest one only.
 */
export class ChunkedList<T> {
  declare readonly length: number;
  readonly #chunks: T[][];

  /** An empty list; what a longer one is made of is its own business. */
  constructor(chunks: T[][] = [], length = 0) {
    this.#chunks = chunks;
    this.length = length;
  }

  at(index: number): T | undefined {
    return index < this.length ? this.#chunks[index >> bits]?.[index & mask] : undefined;
  }

  append(item: T): ChunkedList<T> {
    const { length } = this;
    (this.#chunks[length >> bits] ??= [])[length & mask] = item;
    return new ChunkedList(this.#chunks, length + 1);
  }

  /** A list with one item replaced: copies that item's chunk and the list of chunks. */
  with(index: number, item: T): ChunkedList<T> {
    const chunks = [...this.#chunks];
    chunks[index >> bits] = chunks[index >> bits]!.with(index & mask, item);
    return new ChunkedList(chunks, this.length);
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (let index = 0; index < this.length; index++) yield this.at(index)!;
  }
}
