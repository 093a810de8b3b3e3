import type { MessageView } from '@sahay/client';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { indexOf } from './index-of.ts';
import type { Row } from '../message-list/rows.ts';

const none: readonly Row[] = [];
/** Who spoke this shortly before the news is there to see them come, in milliseconds. */
const justNow = 120_000;

/** Stands where what was not read begins: for as long as the reader says nothing, since she may still be reading. */
export class UnreadDivider {
  readonly #list: SahayMessageList;
  #key: string | undefined;
  #rows = none;
  #watching = false;
  /** The last message there was when the reader began to watch: what comes after it is no news. */
  #began: string | undefined;
  #last: string | undefined;

  constructor(list: SahayMessageList) {
    this.#list = list;
  }

  before({ key }: MessageView): readonly Row[] {
    this.#look();
    return key === this.#key ? this.#rows : none;
  }

  #look(): void {
    const list = this.#list;
    const last = list.messages.at(-1);
    const { news } = list;
    if (last?.key === this.#last && !news) return;
    this.#last = last?.key;
    list.news = 0;
    if (!this.#watching) this.#began = last?.key;
    this.#watching = document.visibilityState === 'visible' && list.following && list.checkVisibility();
    if (last?.own) this.#key = undefined;
    else if (news) this.#place(news);
  }

  #place(news: number): void {
    const { messages, localized } = this.#list;
    let index = messages.length;
    for (let left = news; left > 0 && index > 0;) {
      const { own, message } = messages.at(--index)!;
      if (!own && message.author.role !== 'system') left--;
    }
    const first = messages.at(index);
    if (index > indexOf(messages, this.#began)) return;
    const before = index > 0 ? messages.at(index - 1) : undefined;
    if (!first || !before || (before.own && Date.now() - Date.parse(before.message.createdAt) < justNow))
      return;
    this.#key = first.key;
    const label = localized.strings.unreadDivider;
    this.#rows = [
      {
        key: `unread ${first.key}`,
        part: 'unread',
        className: 'unread',
        facts: [label],
        content: () => label,
      },
    ];
  }
}
