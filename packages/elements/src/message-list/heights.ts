/** What a message is taken to be high before any has been measured, in CSS pixels. */
const firstGuess = 64;

/**
 * How high each message of a transcript is, and where it begins: measured for those that were on screen, the average of these for all
 * others. Setting a height and finding a place cost the logarithm of the number of messages (two Fenwick trees).
 */
export class Heights {
  /** Height by index; not a number where it was never measured. */
  #measured: Float64Array<ArrayBuffer>;
  #sums: Float64Array<ArrayBuffer>;
  #counts: Int32Array<ArrayBuffer>;
  #length = 0;

  constructor(length = 0) {
    this.#measured = new Float64Array(0);
    this.#sums = new Float64Array(1);
    this.#counts = new Int32Array(1);
    this.resize(length, 0);
  }

  get length(): number {
    return this.#length;
  }

  /** Height of all messages together. */
  get total(): number {
    return this.offset(this.#length);
  }

  /** Takes on `length` messages, of which the first known one has moved down by `shift` places. */
  resize(length: number, shift: number): void {
    if (length === this.#length && shift === 0) return;
    if (shift === 0 && length > this.#length && length <= this.#measured.length) {
      this.#length = length;
      return;
    }
    const before = this.#measured.subarray(Math.max(0, -shift), this.#length);
    // Room to grow, so that appending one by one does not copy all each time.
    this.#measured = new Float64Array(Math.ceil(length * 1.25) + 64).fill(NaN);
    this.#measured.set(before.subarray(0, Math.max(0, length - Math.max(0, shift))), Math.max(0, shift));
    this.#length = length;
    this.#rebuild();
  }

  /** Makes room for messages that were put in before the one with this index. */
  insert(index: number, count: number): void {
    const before = this.#measured.slice(0, this.#length);
    this.#length += count;
    this.#measured = new Float64Array(Math.ceil(this.#length * 1.25) + 64).fill(NaN);
    this.#measured.set(before.subarray(0, index));
    this.#measured.set(before.subarray(index), index + count);
    this.#rebuild();
  }

  /** What was measured of a message; not a number if nothing was. */
  at(index: number): number {
    return this.#measured[index]!;
  }

  /** Forgets all heights: they hold for one width only. */
  clear(): void {
    this.#measured.fill(NaN);
    this.#rebuild();
  }

  set(index: number, height: number): void {
    const before = this.#measured[index]!;
    if (before === height) return;
    this.#measured[index] = height;
    const known = !Number.isNaN(before);
    for (let node = index + 1; node < this.#sums.length; node += node & -node) {
      this.#sums[node]! += height - (known ? before : 0);
      if (!known) this.#counts[node]!++;
    }
  }

  /** Where the message with this index begins. */
  offset(index: number): number {
    let sum = 0;
    let count = 0;
    for (let node = index; node > 0; node -= node & -node) {
      sum += this.#sums[node]!;
      count += this.#counts[node]!;
    }
    return sum + (index - count) * this.#average();
  }

  /** The message that stands at this distance from the beginning. */
  indexAt(distance: number): number {
    const average = this.#average();
    let index = 0;
    let left = distance;
    for (let step = 2 ** Math.floor(Math.log2(this.#sums.length - 1)); step >= 1; step /= 2) {
      const next = index + step;
      if (next >= this.#sums.length) continue;
      const height = this.#sums[next]! + (step - this.#counts[next]!) * average;
      if (height > left) continue;
      left -= height;
      index = next;
    }
    return Math.max(0, Math.min(index, this.#length - 1));
  }

  #average(): number {
    let sum = 0;
    let count = 0;
    for (let node = this.#sums.length - 1; node > 0; node -= node & -node) {
      sum += this.#sums[node]!;
      count += this.#counts[node]!;
    }
    return count ? sum / count : firstGuess;
  }

  #rebuild(): void {
    const size = this.#measured.length;
    this.#sums = new Float64Array(size + 1);
    this.#counts = new Int32Array(size + 1);
    for (let node = 1; node <= size; node++) {
      const height = this.#measured[node - 1]!;
      if (!Number.isNaN(height)) {
        this.#sums[node]! += height;
        this.#counts[node]!++;
      }
      const parent = node + (node & -node);
      if (parent > size) continue;
      this.#sums[parent]! += this.#sums[node]!;
      this.#counts[parent]! += this.#counts[node]!;
    }
  }
}
