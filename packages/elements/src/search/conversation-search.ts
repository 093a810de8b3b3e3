import type { ConversationHandle, MessageList, MessageView } from '@sahay/client';
import { folded } from '../emoji/emoji.ts';
import { messageText } from '../message-tools/message-text.ts';

/** How many messages are looked through before the page may do something else. */
const slice = 2000;

/** What was found so far. */
export interface SearchState {
  /** The keys of the messages, oldest first. */
  readonly keys: readonly string[];
  /** Whether earlier messages are still being fetched and looked through. */
  readonly searching: boolean;
}

/**
 * Looks for words in a whole conversation: in what is held, and page after page in what the backend has of earlier messages.
 * They are kept, so that what was found can be shown.
 *
 * @param told hears after every page
 * @throws what `loadEarlier()` throws; what was found until then was told
 */
export async function searchConversation(
  handle: ConversationHandle,
  query: string,
  signal: AbortSignal,
  told: (state: SearchState) => void,
): Promise<void> {
  const wanted = folded(query).trim();
  let keys: string[] = [];
  let first: string | undefined;
  for (;;) {
    const { messages, hasEarlier } = handle.getSnapshot();
    const end = first === undefined ? messages.length : messages.indexOf(first);
    keys = [...(await found(messages, end, wanted, signal)), ...keys];
    if (signal.aborted) return;
    told({ keys, searching: hasEarlier });
    if (!hasEarlier) return;
    first = messages.at(0)?.key;
    await handle.loadEarlier();
    if (signal.aborted || handle.getSnapshot().messages.at(0)?.key === first) return;
  }
}

async function found(
  messages: MessageList,
  end: number,
  wanted: string,
  signal: AbortSignal,
): Promise<string[]> {
  const keys: string[] = [];
  for (let index = 0; index < end && !signal.aborted; index++) {
    const view = messages.at(index)!;
    if (says(view, wanted)) keys.push(view.key);
    if (index % slice === slice - 1) await new Promise((resolve) => setTimeout(resolve));
  }
  return keys;
}

const says = ({ message }: MessageView, wanted: string): boolean =>
  folded(messageText(message)).includes(wanted);
