import type { ChunkedList } from './chunked-list.ts';
import type { MessageView } from './message-list.ts';
import type { MessageWindow } from './message-window.ts';

/** An empty window. Its class is taken as it is at hand: to export it from what is loaded at once would make that larger. */
export const emptyLike = (window: MessageWindow): MessageWindow =>
  new (window.constructor as typeof MessageWindow)();

/** What a window holds, made anew of these messages. */
export function listLike(window: MessageWindow, views: readonly MessageView[]): ChunkedList<MessageView> {
  let { list } = emptyLike(window);
  for (const view of views) list = list.append(view);
  return list;
}
