/** Follows what a server says over a WebSocket, so that something can be put between two frames of it. */
export class FrameEdge {
  #head = Buffer.alloc(0);
  /** Bytes of the frame that are yet to come. */
  #left = 0;
  #isUpgraded = false;

  /** Whether the last chunk ended where a frame ended. */
  get isClean() {
    return this.#isUpgraded && this.#left === 0 && this.#head.length === 0;
  }

  /** @param {Buffer} chunk */
  follow(chunk) {
    if (this.#left >= chunk.length) {
      this.#left -= chunk.length;
      return;
    }
    this.#head = Buffer.concat([this.#head, chunk.subarray(this.#left)]);
    this.#left = 0;
    if (!this.#isUpgraded && !this.#skipAnswer()) return;
    while (this.#skipFrame());
  }

  #skipAnswer() {
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return false;
    this.#head = this.#head.subarray(end + 4);
    return (this.#isUpgraded = true);
  }

  #skipFrame() {
    const head = this.#head;
    if (head.length < 2) return false;
    const short = head[1] & 0x7f;
    const size = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (head.length < size) return false;
    const length =
      short < 126 ? short : short === 126 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
    this.#left = Math.max(0, size + length - head.length);
    this.#head = head.subarray(Math.min(size + length, head.length));
    return this.#head.length > 0;
  }
}
