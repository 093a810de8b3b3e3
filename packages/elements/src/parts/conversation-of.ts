import type { ConversationHandle } from '@sahay/client';

/** An element that shows a conversation, such as the window or the console's. */
interface InConversation extends HTMLElement {
  conversation?: ConversationHandle | undefined;
  handle?: ConversationHandle | undefined;
}

/**
 * The conversation that an element of a transcript stands in, found through the hosts of its shadow roots: what only some messages need
 * asks for it when it is used, so that the window need not know of it before.
 */
export function conversationOf(element: Element): ConversationHandle | undefined {
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    const { conversation, handle } = root.host as InConversation;
    const found = conversation ?? handle;
    if (found) return found;
  }
  return undefined;
}
