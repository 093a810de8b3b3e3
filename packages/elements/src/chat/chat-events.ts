import type { ActionDetail } from '../parts/act.ts';
import type { FormSubmitDetail } from '../parts/form.ts';
import type { PartDetail } from '../parts/part-slot.ts';

/** What is about to be sent; cancel the event to keep it. */
export interface BeforeSendDetail {
  text: string;
}

/** What the outbox has taken. */
export interface SendDetail {
  text: string;
  /** The message's key in the transcript. */
  key: string;
  conversationId: string;
}

/** How many messages have not been read. */
export interface UnreadChangeDetail {
  count: number;
}

/** What went wrong. */
export interface ChatErrorDetail {
  error: unknown;
}

/** What the events of the window carry. */
export interface SahayChatEventMap {
  'sahay-ready': CustomEvent<undefined>;
  'sahay-before-send': CustomEvent<BeforeSendDetail>;
  'sahay-send': CustomEvent<SendDetail>;
  'sahay-unread-change': CustomEvent<UnreadChangeDetail>;
  'sahay-error': CustomEvent<ChatErrorDetail>;
  'sahay-part': CustomEvent<PartDetail>;
  'sahay-action': CustomEvent<ActionDetail>;
  'sahay-form-submit': CustomEvent<FormSubmitDetail>;
  'sahay-close': CustomEvent<undefined>;
}
