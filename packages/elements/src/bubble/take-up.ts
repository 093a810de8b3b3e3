import type { ConversationHandle, SupportClient } from '@sahay/client';
import type { Invitation, Page } from '@sahay/protocol';
import type { ChatRoom } from '../chat/later.ts';
import type { Attempt } from '../message-tools/attempt.ts';
import type { SahayBubble } from './bubble.ts';

/**
 * Takes up an invitation in the bubble's window: the conversation it leads to is begun, once all that is asked first has been answered, and
 * shown. Resolves when the backend has it.
 *
 * @returns whether she did: not when she went to another conversation while something was asked
 * @throws What the client rejects with; the window has said it by then.
 */
export async function takeUp(
  bubble: SahayBubble,
  client: SupportClient,
  invitation: Invitation,
): Promise<boolean> {
  await bubble.load();
  const chat = bubble.shadowRoot!.querySelector('sahay-chat')!;
  await chat.updateComplete;
  // Like every part that arrives late it asks the window; imports of its own would cost the window's first download.
  return new Promise<boolean>((done) => {
    let conversation: ConversationHandle | undefined;
    const detail: Attempt = (room) => {
      conversation ??= conversationOf(client, invitation);
      const begun = begin(room, client, bubble.locale, invitation, conversation);
      done(begun);
      return begun;
    };
    chat.shadowRoot!.querySelector('.window')!.dispatchEvent(new CustomEvent('sahay-attempt', { detail }));
  });
}

const conversationOf = (
  { conversations }: SupportClient,
  { conversationId }: Invitation,
): ConversationHandle =>
  conversationId === undefined ? conversations.create() : conversations.open(conversationId);

async function begin(
  room: ChatRoom,
  client: SupportClient,
  locale: string,
  { invitationId, conversationId }: Invitation,
  conversation: ConversationHandle,
): Promise<boolean> {
  // What is asked before it begins is answered in it, too.
  room.show(conversation);
  if (conversationId !== undefined) {
    await client.command('invitation.accept', { invitationId, conversationId });
    return true;
  }
  let begun: Promise<unknown> | undefined;
  // Its first command: the answers would else begin it without the invitation.
  const start = (): Promise<unknown> =>
    (begun ??= client
      .command('conversation.start', { locale, ...currentPage(), invitationId }, conversation.id)
      .catch((error: unknown) => {
        begun = undefined;
        throw error;
      }));
  const { preChat, consent } = room.settings ?? {};
  if (preChat ?? consent) {
    const { passage } = await import('../pre-chat/index.ts');
    if (!(await passage(room, { conversationId: conversation.id, begin: start }))) return false;
  }
  const started = start();
  // The one that had ended, and stood there when the window opened, had nothing to write in.
  (room.root.host as HTMLElement).focus();
  await started;
  return true;
}

/** Where she is, unless her browser asks for privacy (Global Privacy Control). */
const currentPage = (): { page?: Page } =>
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
    ? {}
    : { page: { url: location.href, title: document.title } };
