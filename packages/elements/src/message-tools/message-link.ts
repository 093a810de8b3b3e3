import type { MessageView } from '@sahay/client';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { conversationOf } from '../parts/conversation-of.ts';

/** What a link to a message is known by. A query rather than a fragment: many sites route by theirs. */
const parameter = 'sahay-message';

/** The address of this page with a message to be shown. */
export function messageLink(id: string): string {
  const url = new URL(location.href);
  url.searchParams.set(parameter, id);
  return url.href;
}

/** The message that this page's address names. */
export const linkedMessage = (): string | null => new URLSearchParams(location.search).get(parameter);

/** The loaded message with this id. */
export function messageWith(list: SahayMessageList, id: string): MessageView | undefined {
  for (let index = list.messages.length - 1; index >= 0; index--) {
    const view = list.messages.at(index)!;
    if (view.message.id === id) return view;
  }
  return undefined;
}

/** Shows a message, for which earlier ones may have to be loaded first; whether there is one. */
export async function revealMessage(list: SahayMessageList, id: string): Promise<boolean> {
  for (;;) {
    const view = messageWith(list, id);
    if (view) {
      await list.updateComplete;
      list.reveal(view.key);
      mark(list, view);
      return true;
    }
    const { length } = list.messages;
    const conversation = conversationOf(list);
    if (!conversation?.getSnapshot().hasEarlier) return false;
    await conversation.loadEarlier();
    await list.updateComplete;
    // The window shows what was loaded with its next frame.
    for (let turn = 0; turn < 20 && list.messages.length === length; turn++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    if (list.messages.length === length) return false;
  }
}

/** Shows for a moment which one it is, and leads the keyboard to it. */
export function mark(list: SahayMessageList, view: MessageView, focus = true): void {
  const row = rowWith(list, view);
  if (!row) return;
  row.removeAttribute('data-shown');
  void row.offsetWidth;
  row.setAttribute('data-shown', '');
  if (focus) row.querySelector<HTMLElement>('.act')?.focus({ preventScroll: true });
}

/** The line of a message, if it is drawn. */
export function rowWith(list: SahayMessageList, view: MessageView): HTMLElement | undefined {
  const buttons = list.shadowRoot!.querySelectorAll<HTMLElement & { view?: MessageView }>('.act');
  for (const button of buttons)
    if (button.view?.key === view.key) return button.closest<HTMLElement>('.row') ?? undefined;
  return undefined;
}
