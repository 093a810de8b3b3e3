/** Frames, and bytes of them, that may wait behind one that takes its time, such as `hello`. */
const mostWaiting = 256;
const mostWaitingBytes = 2 * 1_048_576;

/** Keeps frames waiting while it is found out who speaks; they pass in the order in which they came. */
export class FrameGate {
  #shut: Promise<void> | undefined;
  #waiting = 0;
  #waitingBytes = 0;

  get isShut(): boolean {
    return this.#shut !== undefined;
  }

  hasRoomFor(bytes: number): boolean {
    return this.#waiting < mostWaiting && this.#waitingBytes + bytes <= mostWaitingBytes;
  }

  /** Shuts it until the work is done, however it ends. */
  shutDuring(work: Promise<unknown>): void {
    const shut = work
      .catch(() => undefined)
      .then(() => {
        if (this.#shut === shut) this.#shut = undefined;
      });
    this.#shut = shut;
  }

  /** Resolves once it was opened. Look again then: one of those that waited before may have shut it. */
  async wait(bytes: number): Promise<void> {
    this.#waiting++;
    this.#waitingBytes += bytes;
    await this.#shut;
    this.#waiting--;
    this.#waitingBytes -= bytes;
  }
}
