import type { MessageView } from '@sahay/client';
import { bounds } from '@sahay/protocol/core';
import type { Part, TextPart } from '@sahay/protocol';
import { canAnswerAgain } from '../message/can-answer-again.ts';
import type { ChatRoom } from '../chat/later.ts';

/** What can be done with a message. */
export type Offer = 'react' | 'reply' | 'again' | 'copy' | 'link' | 'edit' | 'delete';

const isText = (part: Part): part is TextPart => part.type === 'text';

/** The text of a message that says one thing in words. */
export const onlyText = ({ message }: MessageView): TextPart | undefined => {
  const texts = message.parts.filter(isText);
  return texts.length === 1 ? texts[0] : undefined;
};

/** What this backend lets this reader do with a message now. */
export function offersFor(view: MessageView, { client, handle }: ChatRoom, now = Date.now()): Set<Offer> {
  const { message, own, delivery } = view;
  const offers = new Set<Offer>(['copy']);
  const can = client?.capabilities ?? new Set();
  // What is still on its way has no name that the backend knows.
  if (delivery === 'pending' || delivery === 'unsaved' || delivery === 'failed' || !handle?.do) return offers;
  const open = handle.getSnapshot().conversation?.status === 'open';
  offers.add('link');
  if (can.has('reactions')) offers.add('react');
  if (open) offers.add('reply');
  if (open && can.has('regenerate') && canAnswerAgain(handle, message)) offers.add('again');
  if (own && can.has('delete')) offers.add('delete');
  const young = now - Date.parse(message.createdAt) < bounds.editWindow;
  if (own && open && young && can.has('edit') && onlyText(view)) offers.add('edit');
  return offers;
}
