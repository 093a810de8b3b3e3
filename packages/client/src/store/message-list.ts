import type { Message, Problem } from '@sahay/protocol';

/**
 * Where a message stands, as one mark can show it. Own ones: `pending` (stored here, on its way), `unsaved` (on its way and not
 * stored, because this browser refuses to), `sent` (on the server's disk), `delivered`, `read`, `failed`. Others': `received`.
 */
export type MessageDelivery = 'pending' | 'unsaved' | 'sent' | 'delivered' | 'read' | 'failed' | 'received';

/** A message as a view shows it. The same object until something about it changes. */
export interface MessageView {
  /** Stable when an optimistic message becomes the real one: its `clientMessageId`, else its id. */
  readonly key: string;
  readonly message: Message;
  readonly own: boolean;
  readonly delivery: MessageDelivery;
  /** Why it failed. */
  readonly problem?: Problem | undefined;
}

/** The messages of a conversation, oldest first. Immutable; appending costs the same at 100 and at 100,000. */
export interface MessageList extends Iterable<MessageView> {
  readonly length: number;
  /** The key of the message before which some are not held, where a reader was led to an earlier place: see `loadAround`. */
  readonly gap?: string | undefined;
  /** The message at an index; a negative one counts from the end. */
  at(index: number): MessageView | undefined;
  slice(start?: number, end?: number): MessageView[];
  /** The index of the message with this key, or -1. */
  indexOf(key: string): number;
}
