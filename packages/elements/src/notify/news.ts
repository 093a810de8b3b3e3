import type { SupportClient } from '@sahay/client';
import type { Message } from '@sahay/protocol';
import type { Locale } from '../locales/locale.ts';
import { chime } from './chime.ts';
import { notifies, show, soundIsOn } from './preferences.ts';
import { countInTitle } from './title-count.ts';

/** How long tabs that she does not look at leave the word to one that she does look at, in milliseconds. */
const headStart = 120;

/** Whom news is for. */
export interface Listener {
  readonly client: SupportClient | undefined;
  readonly locale: Locale;
  /** Whether she is looking at the conversation. */
  readonly watching: boolean;
  /** Brings the conversation into view. */
  open(): void;
}

/**
 * Makes known that somebody said something while the visitor looks elsewhere: by a sound, and by a notification where she asked for
 * them. Of all tabs that hear of the message one does so; none where she reads it in one of them.
 *
 * @param words the message as it is read aloud
 */
export async function tellNews(message: Message, words: string, listener: Listener): Promise<void> {
  const { client, watching } = listener;
  if (!client || (!soundIsOn() && !notifies())) return;
  if (!watching) await new Promise((resolve) => setTimeout(resolve, headStart));
  // Whoever watches takes the word too, and keeps it.
  if (!(await client.maySound(message.id)) || watching) return;
  if (soundIsOn()) await chime();
  if (notifies() && document.visibilityState === 'hidden') notify(message, words, listener);
}

function notify({ id, author }: Message, body: string, { locale, open }: Listener): void {
  const { strings, tag, direction } = locale;
  const title = author.name ?? strings[author.role === 'bot' ? 'bot' : 'agent'];
  const notification = show(title, { body, tag: id, lang: tag, dir: direction });
  notification?.addEventListener('click', () => {
    globalThis.focus();
    open();
    notification.close();
  });
}

let counting = false;
let unread = 0;
let format: (value: number) => string = String;

/** Keeps the number of unread messages in the page's title while nobody looks at the page. */
export function followUnread(count: number, locale: Locale): void {
  unread = count;
  format = (value) => new Intl.NumberFormat(locale.tag).format(value);
  showUnread();
  if (counting) return;
  counting = true;
  document.addEventListener('visibilitychange', showUnread);
}

const showUnread = (): void =>
  countInTitle(document.visibilityState === 'hidden' ? unread : 0, (value) => format(value));
