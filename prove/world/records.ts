import { Record, type FromWorker } from './protocol-of-run.ts';

const chunk = 65_536;

/** Writes what happened as plain numbers, and sends them off by the chunk. */
export class Records {
  #buffer = new Int32Array(chunk);
  #length = 0;
  readonly #post: (message: FromWorker, transfer: ArrayBuffer[]) => void;

  constructor(post: (message: FromWorker, transfer: ArrayBuffer[]) => void) {
    this.#post = post;
  }

  called(conversation: number, message: number, writer: number, tick: number): void {
    this.#write([Record.called, conversation, message, writer, tick]);
  }

  taken(conversation: number, message: number, tick: number): void {
    this.#write([Record.taken, conversation, message, tick]);
  }

  acknowledged(conversation: number, message: number): void {
    this.#write([Record.acknowledged, conversation, message]);
  }

  view(conversation: number, page: number, isFinal: boolean, shown: number[], pending: number[]): void {
    this.#write([
      Record.view,
      conversation,
      page,
      Number(isFinal),
      shown.length,
      ...shown,
      pending.length,
      ...pending,
    ]);
  }

  /** Sends what is held. */
  flush(): void {
    if (this.#length === 0) return;
    const records = this.#buffer.slice(0, this.#length);
    this.#length = 0;
    this.#post({ kind: 'records', records }, [records.buffer]);
  }

  #write(numbers: number[]): void {
    if (this.#length + numbers.length > this.#buffer.length) this.flush();
    if (numbers.length > this.#buffer.length) this.#buffer = new Int32Array(numbers.length * 2);
    this.#buffer.set(numbers, this.#length);
    this.#length += numbers.length;
  }
}
