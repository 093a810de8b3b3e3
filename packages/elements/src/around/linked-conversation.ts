import type { ReactiveController } from 'lit';
import type { SahayChat } from '../chat/chat.ts';
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
  const { user } = client;
  const host = root.host as SahayChat;
  // It has another backend since this was asked for.
  if (host.currentClient !== client) return;
  let stop = (): unknown => undefined;
  const end = (): void => {
    stop();
    host.removeController(watch);
  };
  const look = (): void => {
    if (id !== opened && !user.getSnapshot().conversations.some((one) => one.conversationId === id)) return;
    end();
    if (id === opened) return;
    opened = id;
    if (host.conversation?.id !== id) show(client.conversations.open(id));
  };
  // It may never be one of hers: then this ends with the window, or with its client.
  const watch: ReactiveController = {
    hostConnected: () => {
      stop = user.subscribe(look);
      look();
    },
    hostDisconnected: () => stop(),
    hostUpdated: () => host.currentClient !== client && end(),
  };
  host.addController(watch);
}
