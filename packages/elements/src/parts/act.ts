import { conversationOf } from './conversation-of.ts';

/** A button of a message that was pressed: the detail of `sahay-action`. */
export interface ActionDetail {
  messageId: string;
  partId: string;
  actionId: string;
  value?: string | undefined;
}

/**
 * Invokes an action on the backend. The host page hears of it first as `sahay-action`, and may cancel that to do it itself.
 * It rests once it is pressed; refused, it can be pressed again.
 */
export async function invoke(button: HTMLButtonElement, detail: ActionDetail): Promise<void> {
  const event = new CustomEvent('sahay-action', { detail, bubbles: true, composed: true, cancelable: true });
  const conversation = conversationOf(button);
  if (!button.dispatchEvent(event) || !conversation?.do) return;
  // The two answers to one question exclude each other; the buttons of a card do not.
  const group = [...(button.closest('.tool')?.querySelectorAll('button') ?? [button])];
  for (const one of group) one.disabled = true;
  const { messageId, partId, actionId, value } = detail;
  const data = { messageId, partId, actionId, ...(value !== undefined && { value }) };
  try {
    await conversation.do('action.invoke', data);
    button.setAttribute('aria-pressed', 'true');
  } catch (error) {
    for (const one of group) one.disabled = false;
    button.dispatchEvent(
      new CustomEvent('sahay-error', { detail: { error }, bubbles: true, composed: true }),
    );
  }
}
