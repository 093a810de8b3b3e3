import {
  bellIcon,
  mailIcon,
  downloadIcon,
  inboxIcon,
  lockIcon,
  plusIcon,
  searchIcon,
  soundIcon,
} from '../icons/late-icons.ts';
import { checkIcon } from '../icons/window-icons.ts';
import type { ChatRoom } from '../chat/later.ts';
import type { HeaderAction } from '../header/window-header.ts';
import { mayNotify, soundIsOn } from '../notify/preferences.ts';

/** What the window's menu offers, as things stand: only what the backend can do and what makes sense now. */
export function entries(room: ChatRoom): HeaderAction[] {
  const { client, handle, locale } = room;
  const { strings } = locale;
  if (!client) return [];
  const { capabilities } = client;
  const { conversations } = client.user.getSnapshot();
  const conversation = handle?.getSnapshot().conversation;
  const notify = mayNotify();
  const { status, assignment } = conversation ?? {};
  const withBot = !assignment || assignment.state === 'bot' || assignment.state === 'none';
  return [
    ...(capabilities.has('handoff') && status !== 'closed' && withBot ? [{ id: 'handoff' }] : []),
    ...(handle?.getSnapshot().messages.length
      ? [{ id: 'search', label: strings.search, icon: searchIcon() }]
      : []),
    ...(capabilities.has('multiple_conversations') && conversations.length > 1
      ? [{ id: 'conversations', label: strings.yourConversations, icon: inboxIcon() }]
      : []),
    ...(capabilities.has('multiple_conversations') && conversation
      ? [{ id: 'new', label: strings.startNew, icon: plusIcon() }]
      : []),
    ...(room.settings?.email && conversation?.status === 'open'
      ? [{ id: 'email', label: strings.emailMe, icon: mailIcon() }]
      : []),
    ...(capabilities.has('export') && conversation
      ? [{ id: 'save', label: strings.saveConversation, icon: downloadIcon() }]
      : []),
    ...(capabilities.has('erase') ? [{ id: 'data', label: strings.myData, icon: lockIcon() }] : []),
    { id: 'sound', label: strings.sound, icon: soundIcon(), checked: soundIsOn() },
    ...(notify === undefined
      ? []
      : [{ id: 'notify', label: strings.notifyHere, icon: bellIcon(), checked: notify }]),
    ...(conversation?.status === 'open'
      ? [{ id: 'end', label: strings.endConversation, icon: checkIcon() }]
      : []),
  ];
}
