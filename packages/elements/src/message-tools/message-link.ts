import type { ConversationHandle, MessageView } from '@sahay/client';
import type { Message } from '@sahay/protocol';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { conversationOf } from '../parts/conversation-of.ts';
import { conversationParameter, messageParameter } from './message-address.ts';

/** The address of this page with a message to be shown. */
export function messageLink({ id, conversationId }: Message): string {
  const url = new URL(location.href);
  url.searchParams.set(messageParameter, id);
  url.searchParams.set(conversationParameter, conversationId);
  return url.href;
}

/** Followed already: a view that is put in the place of another one does not open what was closed since. */
let followed: string | null = null;

/** Shows the message that this page's address names, if it is one of this transcript; a closed bubble opens for it. */
export async function followLink(list: SahayMessageList): Promise<void> {
  const address = new URLSearchParams(location.search);
  const id = address.get(messageParameter);
  if (id === null || id === followed) return;
  // Until the window shows that conversation, the message is not looked for in another one.
  const wanted = address.get(conversationParameter);
  if (wanted && conversationOf(list)?.id !== wanted) return;
  if (!(await revealMessage(list, id))) return;
  followed = id;
  const around = (hostOf(hostOf(list)) ?? {}) as { isOpen?: boolean; open?(): void };
  if (around.isOpen !== false) return;
  around.open?.();
  // The bubble's own focus comes first; what is not drawn cannot be scrolled to.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await revealMessage(list, id);
}

const hostOf = (element: Element | undefined): Element | undefined =>
  (element?.getRootNode() as Partial<ShadowRoot> | undefined)?.host;

/** The loaded message with this id. */
export function messageWith(list: SahayMessageList, id: string): MessageView | undefined {
  for (let index = list.messages.length - 1; index >= 0; index--) {
    const view = list.messages.at(index)!;
    if (view.message.id === id) return view;
  }
  return undefined;
}

/** How a message is led to. */
export interface Revealing {
  /** Whether the keyboard is led there too; default yes. */
  focus?: boolean;
  /** Ends the way there, however far it is. */
  signal?: AbortSignal;
}

/** How much is fetched at once on the way to a message. */
const pageSize = 200;
/** How long what was fetched may take to stand in the list, in turns of 25 ms: the window shows it with its next frame. */
const patience = 400;

/** Shows a message, for which earlier ones may have to be fetched first; whether there is one. */
export async function revealMessage(
  list: SahayMessageList,
  id: string,
  { focus = true, signal }: Revealing = {},
): Promise<boolean> {
  if (!messageWith(list, id) && !(await fetched(conversationOf(list), id, signal))) return false;
  for (let turn = 0; turn < patience && !signal?.aborted; turn++) {
    const view = messageWith(list, id);
    if (view) {
      await list.updateComplete;
      if (signal?.aborted) return false;
      if (list.reveal(view.key)) {
        mark(list, view, focus);
        return true;
      }
    }
    await pause();
  }
  return false;
}

/** Has a message fetched with those around it, or, where the backend cannot, all from the latest back to it. */
async function fetched(
  conversation: ConversationHandle | undefined,
  id: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!conversation) return false;
  if (conversation.loadAround) {
    // Before its latest messages are there, nothing can stand beside them.
    await waits(() => !['new', 'loading'].includes(conversation.getSnapshot().phase));
    const found = await conversation.loadAround(id);
    if (found !== undefined) return found;
  }
  let known = 0;
  while (!signal?.aborted) {
    const { messages, hasEarlier, loadingEarlier } = conversation.getSnapshot();
    for (let index = messages.length - known - 1; index >= 0; index--)
      if (messages.at(index)?.message.id === id) return true;
    if (!hasEarlier) return false;
    const { length } = messages;
    if (loadingEarlier) await pause();
    else {
      await conversation.loadEarlier(pageSize);
      if (conversation.getSnapshot().messages.length === length) return false;
    }
    known = length;
  }
  return false;
}

/** Waits until something is so; not for ever. */
async function waits(isSo: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < patience && !isSo(); turn++) await pause();
  return isSo();
}

const pause = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 25));

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
