import type { MessagePage } from '@sahay/protocol';
import type { ConversationModel } from './conversation-model.ts';
import { listLike } from './list-like.ts';

/** Puts a page before what is held, unless a snapshot has come since it was asked for. */
export function prepend(
  model: ConversationModel,
  { messages, earlier }: MessagePage,
  askedWith: string,
): void {
  if (model.earlier !== askedWith) return;
  model.earlier = earlier;
  const { messages: held } = model;
  const fresh = messages.filter(({ id }) => held.placeOf(id) === undefined);
  held.start -= fresh.length;
  const views = fresh.map((message) => model.toView(message, 0));
  views.forEach((view, index) => held.index(view, held.start + index));
  held.list = listLike(held, [...views, ...held.list]);
  model.raiseMarks(true);
}
