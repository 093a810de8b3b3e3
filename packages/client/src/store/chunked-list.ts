const chunkLength = 128;

/** An immutable list in chunks: a change copies one chunk and the list of chunks, never the items. */
export class ChunkedList<T> {
  static readonly #none = new ChunkedList<never>([], [], 0);
  readonly #chunks: readonly (readonly T[])[];
  /** The index at which each chunk begins. */
  readonly #starts: readonly number[];
  readonly length: number;

  private constructor(chunks: readonly (readonly T[])[], starts: readonly number[], length: number) {
    this.#chunks = chunks;
    this.#starts = starts;
    this.length = length;
  }

  static from<T>(items: readonly T[]): ChunkedList<T> {
    return items.length ? ChunkedList.#of(chunksOf(items)) : ChunkedList.#none;
  }

  static #of<T>(chunks: readonly (readonly T[])[]): ChunkedList<T> {
    let length = 0;
    const starts = chunks.map((chunk) => (length += chunk.length) - chunk.length);
    return new ChunkedList(chunks, starts, length);
  }

  at(index: number): T | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    const chunk = this.#chunkAt(index);
    return this.#chunks[chunk]![index - this.#starts[chunk]!];
  }

  append(item: T): ChunkedList<T> {
    const last = this.#chunks.at(-1);
    if (last && last.length < chunkLength)
      return new ChunkedList([...this.#chunks.slice(0, -1), [...last, item]], this.#starts, this.length + 1);
    return new ChunkedList([...this.#chunks, [item]], [...this.#starts, this.length], this.length + 1);
  }

  prepend(items: readonly T[]): ChunkedList<T> {
    return items.length ? ChunkedList.#of([...chunksOf(items), ...this.#chunks]) : this;
  }

  with(index: number, item: T): ChunkedList<T> {
    const chunk = this.#chunkAt(index);
    const changed = this.#chunks[chunk]!.with(index - this.#starts[chunk]!, item);
    return new ChunkedList(this.#chunks.with(chunk, changed), this.#starts, this.length);
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  #chunkAt(index: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function chunksOf<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += chunkLength)
    chunks.push(items.slice(start, start + chunkLength));
  return chunks;
}
