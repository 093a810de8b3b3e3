import type { Message } from '@sahay/protocol';
import { ChunkedList } from './chunked-list.ts';
import type { MessageList, MessageView } from './message-list.ts';

/** What a message is known by before and after the backend has it. */
export const keyOf = ({ clientMessageId, id }: Message): string => clientMessageId ?? id;

/**
 * The messages held of a conversation. Each has a place that never changes: later ones count up from 0, pages loaded
 * before them count down, so that looking one up by its id costs the same however many there are.
 */
export class MessageWindow {
  list = new ChunkedList<MessageView>();
  /** The place of the first message. */
  start = 0;
  /** The key of the message before which some are not held. */
  declare gap: string | undefined;
  readonly #byId = new Map<string, number>();
  readonly #byKey = new Map<string, number>();

  /** The place after the last message. */
  get end(): number {
    return this.start + this.list.length;
  }

  placeOf(messageId: string): number | undefined {
    return this.#byId.get(messageId);
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  at(place: number): MessageView | undefined {
    return this.list.at(place - this.start);
  }

  append(view: MessageView): void {
    this.index(view, this.end);
    this.list = this.list.append(view);
  }

  replace(place: number, view: MessageView): void {
    this.list = this.list.with(place - this.start, view);
  }

  /** Notes where a message is found. */
  index({ key, message }: MessageView, place: number): void {
    this.#byId.set(message.id, place);
    this.#byKey.set(key, place);
  }

  /** What is held now, followed by what is on its way. */
  snapshot(tail: readonly MessageView[]): MessageList {
    const list = this.list;
    const { start: first } = this;
    const places = this.#byKey;
    const length = list.length + tail.length;
    const fromStart = (index: number): number => (index < 0 ? index + length : index);
    const at = (index: number): MessageView | undefined => {
      const place = fromStart(index);
      return list.at(place) ?? tail[place - list.length];
    };
    return {
      length,
      gap: this.gap,
      at,
      slice(start = 0, end = length) {
        const views: MessageView[] = [];
        let view: MessageView | undefined;
        for (let index = Math.max(fromStart(start), 0); index < fromStart(end) && (view = at(index)); index++)
          views.push(view);
        return views;
      },
      indexOf(key) {
        const index = places.get(key)! - first;
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
