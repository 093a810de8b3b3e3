import type { MessageView } from '@sahay/client';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { renderer } from '../message/lazy-renderers.ts';
import type { RowContext } from '../message/row-context.ts';
import { messageText } from '@sahay/protocol/core';

/** What of a message stands above its answer, in UTF-16 code units; three lines are seen. */
const quoted = 240;

/** A message that another one answers, drawn as its quote would be; nothing until what draws quotes has arrived. */
export function answeredMessage(
  { message, own }: MessageView,
  list: SahayMessageList,
  tools: NonNullable<RowContext['tools']>,
): unknown {
  const { strings } = list.localized;
  const text = message.status === 'deleted' ? strings.messageDeleted : messageText(message).slice(0, quoted);
  const authorName = own
    ? strings.you
    : (message.author.name ?? strings[message.author.role === 'bot' ? 'bot' : 'agent']);
  return renderer('rich', list.redraw)?.quoteBlock(
    { messageId: message.id, text, authorName },
    { tools, locale: list.localized },
  );
}
