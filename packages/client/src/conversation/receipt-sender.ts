/** Sends read marks one at a time: while one is on its way, only the newest of those that follow is kept. */
export class ReceiptSender {
  readonly #send: (messageId: string) => Promise<void>;
  #busy = false;
  #next: string | undefined;

  constructor(send: (messageId: string) => Promise<void>) {
    this.#send = send;
  }

  mark(messageId: string): void {
    this.#next = messageId;
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#next !== undefined) {
      const messageId = this.#next;
      this.#next = undefined;
      // A refused mark is reported as a problem event by the outbox; the next one is independent of it.
      await this.#send(messageId).catch(() => undefined);
    }
    this.#busy = false;
  }
}
