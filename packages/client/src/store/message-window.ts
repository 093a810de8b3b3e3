import type { Message } from '@sahay/protocol';
import { ChunkedList } from './chunked-list.ts';
import type { MessageList, MessageView } from './message-list.ts';

const keyOf = (message: Message): string => message.clientMessageId ?? message.id;

/**
 * The messages held of a conversation. Each has a place that never changes: later ones count up from 0, pages loaded
 * before them count down, so that looking one up by its id costs the same however many there are.
 */
export class MessageWindow {
  #list: ChunkedList<MessageView> = ChunkedList.from([]);
  #first = 0;
  readonly #byId = new Map<string, number>();
  readonly #byKey = new Map<string, number>();

  /** The place after the last message. */
  get end(): number {
    return this.#first + this.#list.length;
  }

  get start(): number {
    return this.#first;
  }

  placeOf(messageId: string): number | undefined {
    return this.#byId.get(messageId);
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  at(place: number): MessageView | undefined {
    return this.#list.at(place - this.#first);
  }

  append(message: Message, toView: (message: Message, key: string) => MessageView): void {
    const key = keyOf(message);
    const place = this.end;
    this.#list = this.#list.append(toView(message, key));
    this.#byId.set(message.id, place);
    this.#byKey.set(key, place);
  }

  prepend(messages: readonly Message[], toView: (message: Message, key: string) => MessageView): void {
    const fresh = messages.filter((message) => !this.#byId.has(message.id));
    this.#list = this.#list.prepend(fresh.map((message) => toView(message, keyOf(message))));
    this.#first -= fresh.length;
    fresh.forEach((message, index) => {
      this.#byId.set(message.id, this.#first + index);
      this.#byKey.set(keyOf(message), this.#first + index);
    });
  }

  replace(place: number, view: MessageView): void {
    this.#list = this.#list.with(place - this.#first, view);
  }

  /** What is held now, followed by what is on its way. */
  snapshot(tail: readonly MessageView[]): MessageList {
    const list = this.#list;
    const first = this.#first;
    const places = this.#byKey;
    const length = list.length + tail.length;
    const at = (index: number): MessageView | undefined =>
      index < 0
        ? -index <= length
          ? at(length + index)
          : undefined
        : (list.at(index) ?? tail[index - list.length]);
    return {
      length,
      at,
      slice(start = 0, end = length) {
        const from = start < 0 ? Math.max(0, length + start) : start;
        const to = Math.min(length, end < 0 ? length + end : end);
        return Array.from({ length: Math.max(0, to - from) }, (_none, index) => at(from + index)!);
      },
      indexOf(key) {
        const index = (places.get(key) ?? NaN) - first;
        // Places are shared by all snapshots: an older one may not hold what a younger one does.
        if (list.at(index)?.key === key) return index;
        const inTail = tail.findIndex((view) => view.key === key);
        return inTail < 0 ? -1 : list.length + inTail;
      },
      *[Symbol.iterator]() {
        yield* list;
        yield* tail;
      },
    };
  }
}
