import type { SupportClient } from '@sahay/client';
import type { Invitation, Page } from '@sahay/protocol';
import type { ChatRoom } from '../chat/later.ts';
import type { Attempt } from '../message-tools/attempt.ts';
import type { SahayBubble } from './bubble.ts';

/**
 * Takes up an invitation in the bubble's window: the conversation it leads to is begun, once all that is asked first has been answered, and
 * shown. Resolves when the backend has it.
 *
 * @throws What the client rejects with; the window has said it by then.
 */
export async function takeUp(
  bubble: SahayBubble,
  client: SupportClient,
  invitation: Invitation,
): Promise<void> {
  await bubble.load();
  const chat = bubble.shadowRoot!.querySelector('sahay-chat')!;
  await chat.updateComplete;
  // Like every part that arrives late it asks the window; imports of its own would cost the window's first download.
  await new Promise<void>((done) => {
    const detail: Attempt = (room) => {
      const begun = begin(room, client, bubble.locale, invitation);
      done(begun);
      return begun;
    };
    chat.shadowRoot!.querySelector('.window')!.dispatchEvent(new CustomEvent('sahay-attempt', { detail }));
  });
}

async function begin(
  room: ChatRoom,
  client: SupportClient,
  locale: string,
  { invitationId, conversationId }: Invitation,
): Promise<void> {
  if (conversationId !== undefined) {
    room.show(client.conversations.open(conversationId));
    await client.command('invitation.accept', { invitationId, conversationId });
    return;
  }
  const { preChat, consent } = room.settings ?? {};
  if (preChat ?? consent) await (await import('../pre-chat/index.ts')).passage(room);
  const conversation = client.conversations.create();
  const begun = client.command(
    'conversation.start',
    { locale, ...currentPage(), invitationId },
    conversation.id,
  );
  room.show(conversation);
  // The one that had ended, and stood there when the window opened, had nothing to write in.
  (room.root.host as HTMLElement).focus();
  await begun;
}

/** Where she is, unless her browser asks for privacy (Global Privacy Control). */
const currentPage = (): { page?: Page } =>
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
    ? {}
    : { page: { url: location.href, title: document.title } };
