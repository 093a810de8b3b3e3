import type { ConversationView, MessageView } from '@sahay/client';
import type { Announcer } from '../internal/announcer.ts';
import type { Listener } from '../notify/news.ts';
import type { Locale } from '../locales/locale.ts';
import { isNotice } from '../message/grouping.ts';
import { loadNews } from './lazy-parts.ts';
import type { ChatRoom } from './later.ts';
import { spokenText } from './spoken-text.ts';

/** What of a conversation is read aloud. */
export type Followed = Pick<ConversationView, 'id' | 'phase' | 'unreadCount'> & {
  messages: Pick<readonly MessageView[], 'slice'>;
};

/** More news than this at once is history, not news. */
const newest = 20;
/** So many of what was there before can come to stand among the newest, when what follows them is deleted. */
const kept = 1000;

/**
 * Decides what of a transcript is read aloud: each incoming message once, a streamed answer once it is complete, and that a message
 * of one's own was not sent, at once. What was there when the window opened is not news.
 */
export class TranscriptVoice {
  readonly #room: (() => ChatRoom) | undefined;
  #conversation: string | undefined;
  #unread = 0;
  readonly #failed = new Set<string>();

  /** @param room the visitor's window: what is news there is also heard, shown and counted while she looks elsewhere */
  constructor(room?: () => ChatRoom) {
    this.#room = room;
  }

  /**
   * Compares what is shown with what was told.
   *
   * @param begunHere whether the conversation began in this window, so that all of it is news
   */
  follow(view: Followed, announcer: Announcer, locale: Locale, begunHere = false): void {
    // One that was taken up again is `new` until its history begins to load.
    if (view.phase === 'loading' || (view.phase === 'new' && !begunHere)) return;
    if (view.id !== this.#conversation) {
      this.#conversation = view.id;
      this.#failed.clear();
      if (!begunHere) announcer.skip(view.messages.slice(-kept).map(({ message }) => message.id));
    }
    this.#count(view.unreadCount);
    for (const entry of view.messages.slice(-newest)) {
      if (entry.own) this.#ownMessage(entry, announcer, locale);
      else if (entry.message.status !== 'streaming') {
        this.#incoming(entry, announcer, locale, () => {
          if (view.id === this.#conversation) this.follow(view, announcer, locale, begunHere);
        });
      }
    }
  }

  #count(unread: number): void {
    const room = this.#room?.();
    if (!room || unread === this.#unread) return;
    this.#unread = unread;
    // A count that cannot be shown in the title still stands on the bubble.
    void loadNews().then(
      ({ followUnread }) => followUnread(unread, room.locale),
      () => undefined,
    );
  }

  #ownMessage({ key, delivery }: MessageView, announcer: Announcer, locale: Locale): void {
    if (delivery !== 'failed') this.#failed.delete(key);
    else if (!this.#failed.has(key)) {
      this.#failed.add(key);
      announcer.announce(locale.strings.failed, { assertive: true });
    }
  }

  #incoming({ message }: MessageView, announcer: Announcer, locale: Locale, arrived: () => void): void {
    const { id, author } = message;
    const text = spokenText(message, locale, arrived);
    if (text === undefined) return;
    const name = author.name ?? locale.strings[author.role === 'bot' ? 'bot' : 'agent'];
    const words = isNotice(message) ? text : locale.text('announceMessage', { name, text });
    if (!announcer.announce(words, { id }) || isNotice(message)) return;
    const room = this.#room?.();
    // Without it she is told all the same, by the count.
    if (room)
      void loadNews().then(
        ({ tellNews }) => tellNews(message, text, listenerIn(room)),
        () => undefined,
      );
  }
}

function listenerIn({ root, client, locale }: ChatRoom): Listener {
  const { host } = root;
  return {
    client,
    locale,
    watching: document.hasFocus() && document.visibilityState === 'visible' && host.checkVisibility(),
    open: () =>
      ((host.getRootNode() as Partial<ShadowRoot>).host as { open?: () => void } | undefined)?.open?.(),
  };
}
