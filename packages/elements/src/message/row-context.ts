import type { MessageView } from '@sahay/client';
import type { Formats } from '../internal/formats.ts';
import type { Locale } from '../locales/locale.ts';

/** What the functions that draw a message need of the list around them. */
export interface RowContext {
  /** The list's language, and how it writes times and sizes. */
  readonly locale: Locale;
  readonly formats: Formats;
  /** Makes a link to an attachment; absent where the backend has none. */
  readonly resolveAttachment: ResolveAttachment | undefined;
  /** Draws the rows again: something they need has arrived. */
  readonly arrived: () => void;
  /** What can be done with messages, once it has arrived. */
  readonly tools: RowTools | undefined;
  /** Tells what a person did with a message. */
  readonly fire: <T extends keyof RowEvents>(type: T, detail: RowEvents[T]) => void;
}

/** What a transcript asks of its tools, see `message-tools/list-tools.ts`. */
export interface RowTools {
  /** What stands above the words of a message. */
  above(view: MessageView): unknown;
  /** What stands below a message. */
  below(view: MessageView, last: boolean): unknown;
  /** Leads to a message. */
  show(messageId: string): void;
  /** A time in other words than as time of day. */
  time(time: number): string | undefined;
}

/** A picture of the transcript that can be shown large. */
export interface Picture {
  readonly alt: string;
  /** Where it is now: links to attachments last minutes. */
  address(): Promise<string>;
}

/** Makes a short-lived link to an attachment. */
export type ResolveAttachment = (attachmentId: string) => Promise<string>;

/** What people can do with a message: the events of `<sahay-message-list>` and their details. */
export interface RowEvents {
  'sahay-retry': { key: string };
  'sahay-discard': { key: string };
  'sahay-feedback': { messageId: string; helpful: boolean };
  'sahay-quick-reply': QuickReplyDetail;
  'sahay-open-citation': CitationDetail;
}

/** Which quick reply was chosen. */
export interface QuickReplyDetail {
  id: string;
  label: string;
  /** What to send. */
  value: string;
}

/** Which source was asked for. */
export interface CitationDetail {
  title: string;
  articleId?: string | undefined;
  url?: string | undefined;
}
