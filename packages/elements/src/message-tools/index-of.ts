import type { SahayMessageList } from '../message-list/message-list.ts';

/** Where the message with this key stands; -1 when it is not held. */
export function indexOf(messages: SahayMessageList['messages'], key: string | undefined): number {
  if (key === undefined) return -1;
  return Array.isArray(messages)
    ? (messages as { key: string }[]).findIndex((view) => view.key === key)
    : (messages as { indexOf(key: string): number }).indexOf(key);
}
