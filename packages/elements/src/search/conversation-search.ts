import type { ConversationHandle, MessageList } from '@sahay/client';
import { folded, saysWords } from '@sahay/protocol/core';

/** How many messages are looked through before the page may do something else. */
const slice = 2000;

/** What was found so far. */
export interface SearchState {
  /** The ids of the messages, oldest first. */
  readonly ids: readonly string[];
  /** Whether earlier messages are still being looked through. */
  readonly searching: boolean;
}

/** What is searched, and by whom. */
export interface SearchOptions {
  /** Whether the backend can look through what is not held; else it is fetched, page after page, and kept. */
  asks: boolean;
  signal: AbortSignal;
  /** Hears after every page. */
  told: (state: SearchState) => void;
}

/**
 * Looks for words in a whole conversation: in what is held, and in what the backend has of earlier messages.
 *
 * @throws what `search()` and `loadEarlier()` throw; what was found until then was told
 */
export async function searchConversation(
  handle: ConversationHandle,
  query: string,
  { asks, signal, told }: SearchOptions,
): Promise<void> {
  const wanted = folded(query).trim();
  const { messages, hasEarlier } = handle.getSnapshot();
  // What is held before a gap is looked through with the rest of what comes before the latest messages.
  const first = messages.gap === undefined ? 0 : messages.indexOf(messages.gap);
  const ids = await found(messages, first, messages.length, wanted, signal);
  if (signal.aborted) return;
  const isMore = hasEarlier || first > 0;
  told({ ids, searching: isMore });
  if (!isMore) return;
  const search = asks ? askBackend : fetchAll;
  await search(handle, wanted, signal, (earlier, searching) => {
    ids.unshift(...earlier);
    told({ ids: [...ids], searching });
  });
}

type Told = (ids: readonly string[], searching: boolean) => void;

/** Only what is to be shown is fetched: a long conversation is searched without any of its messages coming here. */
async function askBackend(
  handle: ConversationHandle,
  wanted: string,
  signal: AbortSignal,
  told: Told,
): Promise<void> {
  let before: string | undefined;
  do {
    const page = await handle.search!(wanted, before);
    if (signal.aborted) return;
    before = page.earlier;
    told(
      page.matches.map(({ messageId }) => messageId),
      before !== undefined,
    );
  } while (before !== undefined);
}

async function fetchAll(
  handle: ConversationHandle,
  wanted: string,
  signal: AbortSignal,
  told: Told,
): Promise<void> {
  const { gap } = handle.getSnapshot().messages;
  if (gap !== undefined) await closeGap(handle, signal);
  for (let first = gap; ;) {
    if (first === undefined) {
      first = handle.getSnapshot().messages.at(0)?.key;
      await handle.loadEarlier();
    }
    const { messages, hasEarlier } = handle.getSnapshot();
    const end = first === undefined ? messages.length : messages.indexOf(first);
    if (signal.aborted || end === 0) return;
    const ids = await found(messages, 0, end, wanted, signal);
    if (signal.aborted) return;
    told(ids, hasEarlier);
    if (!hasEarlier) return;
    first = undefined;
  }
}

async function closeGap(handle: ConversationHandle, signal: AbortSignal): Promise<void> {
  for (let known = -1; !signal.aborted;) {
    const { gap, length } = handle.getSnapshot().messages;
    if (gap === undefined || length === known) return;
    known = length;
    await handle.loadBetween?.('after', 200);
  }
}

async function found(
  messages: MessageList,
  start: number,
  end: number,
  wanted: string,
  signal: AbortSignal,
): Promise<string[]> {
  const ids: string[] = [];
  for (let index = start; index < end && !signal.aborted; index++) {
    const { message } = messages.at(index)!;
    if (saysWords(message, wanted)) ids.push(message.id);
    if (index % slice === slice - 1) await new Promise((resolve) => setTimeout(resolve));
  }
  return ids;
}
