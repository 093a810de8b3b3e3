import type { ChatRoom } from '../chat/later.ts';
import { conversationParameter } from '../message-tools/message-address.ts';

/** Shown already: a window that is put in the place of another one does not go back to what was left since. */
let opened: string | undefined;

/**
 * Shows the conversation that this page's address names, as soon as it is known to be one of this visitor's: the link to a message may lead
 * into one that she has ended since. Whose it is nobody is asked for it.
 */
export function openLinked({ client, root, show }: ChatRoom): void {
  const id = new URLSearchParams(location.search).get(conversationParameter) ?? undefined;
  if (!id || !client || id === opened) return;
  const user = client.user;
  const look = (): void => {
    if (id === opened || !user.getSnapshot().conversations.some((one) => one.conversationId === id)) return;
    opened = id;
    stop();
    const { conversation } = root.host as { conversation?: { id: string } };
    if (conversation?.id !== id) show(client.conversations.open(id));
  };
  const stop = user.subscribe(look);
  look();
}
