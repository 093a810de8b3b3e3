import type { ChatRoom } from '../chat/later.ts';
import type { ChooseConversationDetail } from '../conversations/conversations.ts';
import type { SahayElement } from '../internal/sahay-element.ts';
import { completeAround } from '../locales/complete-around.ts';
import { load } from '../message/lazy-renderers.ts';
import { askToNotify, mayNotify, soundIsOn, turnNotifications, turnSound } from '../notify/preferences.ts';
import { chime } from '../notify/chime.ts';
import { showPanel } from '../panel/show-panel.ts';
import { defineMyData, definePanels, loadSearch } from './lazy-panels.ts';

/* What stands around a conversation: the menu's entries, and what each does. */

completeAround();

export { continueHere } from './continue-here.ts';
export { entries } from './entries.ts';

/** Does what an entry of the menu says. */
export async function act(id: string, room: ChatRoom): Promise<void> {
  // First, so that what cannot be fetched is tried again by the window.
  await views[id]?.();
  await acts[id]?.(room);
}

/** What registers the view that an entry shows. */
const views: Record<string, () => Promise<unknown>> = {
  conversations: definePanels,
  save: definePanels,
  email: definePanels,
  end: definePanels,
  data: defineMyData,
};

const acts: Record<string, (room: ChatRoom) => unknown> = {
  handoff: async (room) => {
    const { preChat, consent } = room.settings ?? {};
    if (preChat ?? consent) await (await load('begin')).passage(room);
    const ask = (): Promise<unknown> => room.begin().requestHandoff();
    await ask().catch(async (error: unknown) => {
      if (!(await (await load('begin')).askAfter(error, room))) throw error;
      await ask();
    });
  },
  search: async (room) => (await loadSearch()).openSearch(room),
  new: (room) => room.startNew(),
  conversations: (room) => {
    const { client, handle } = room;
    const panel = Object.assign(document.createElement('sahay-conversations'), {
      client,
      shown: handle?.id,
      closable: true,
    });
    const close = showPanel(room, panel);
    panel.addEventListener('sahay-choose', (event) => {
      event.stopPropagation();
      close();
      const { conversationId } = (event as CustomEvent<ChooseConversationDetail>).detail;
      if (conversationId === undefined) room.startNew();
      else room.show(client!.conversations.open(conversationId));
    });
  },
  save: (room) => {
    const { client, handle: conversation } = room;
    const panel = document.createElement('sahay-transcript-download');
    showPanel(room, Object.assign(panel, { client, conversation, closable: true }));
  },
  email: (room) => {
    const { client, handle: conversation } = room;
    const panel = document.createElement('sahay-email-me');
    // The window says to which address answers go.
    panel.addEventListener('sahay-back', () => (room.root.host as SahayElement).requestUpdate());
    showPanel(room, Object.assign(panel, { client, conversation, closable: true }));
  },
  end: (room) => {
    const { strings } = room.locale;
    const panel = Object.assign(document.createElement('sahay-confirm'), {
      question: strings.endQuestion,
      explained: strings.endExplained,
      yes: strings.endNow,
      action: async () => room.handle?.close(),
      closable: true,
    });
    showPanel(room, panel);
  },
  data: (room) => {
    const panel = Object.assign(document.createElement('sahay-my-data'), {
      client: room.client,
      purposes: room.settings?.consent?.purposes,
      closable: true,
    });
    // What was said is gone: the window must not go on showing it.
    panel.addEventListener('sahay-erased', () => {
      room.show(undefined);
      void load('begin').then(({ askAnew }) => room.client && askAnew(room.client), room.failed);
    });
    showPanel(room, panel);
  },
  sound: () => {
    turnSound(!soundIsOn());
    // So that whoever turns it on hears what it will be.
    if (soundIsOn()) void chime();
  },
  notify: async (room) => {
    if (mayNotify()) turnNotifications(false);
    else if (!(await askToNotify()))
      room.failed(new Error('Notifications are refused.'), room.locale.strings.notifyRefused);
  },
};
