import type { ConversationHandle, SupportClient } from '@sahay/client';

/** An element that shows a conversation, such as the window or the console's. */
interface InConversation extends HTMLElement {
  conversation?: ConversationHandle | undefined;
  handle?: ConversationHandle | undefined;
  currentClient?: SupportClient | undefined;
}

/**
 * The conversation that an element of a transcript stands in, found through the hosts of its shadow roots: what only some messages need
 * asks for it when it is used, so that the window need not know of it before.
 */
export const conversationOf = (element: Element): ConversationHandle | undefined =>
  around(element, ({ conversation, handle }) => conversation ?? handle);

/** The client of the visitor's window that an element stands in; none in the console. */
export const clientOf = (element: Element): SupportClient | undefined =>
  around(element, ({ currentClient }) => currentClient);

function around<T>(element: Element, find: (host: InConversation) => T | undefined): T | undefined {
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    const found = find(root.host as InConversation);
    if (found) return found;
  }
  return undefined;
}
