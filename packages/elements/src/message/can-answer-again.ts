import type { ConversationHandle } from '@sahay/client';
import type { Message } from '@sahay/protocol';

/** Whether there may be another answer in place of this one: a bot's that has ended, while that bot has the conversation. */
export function canAnswerAgain(
  conversation: ConversationHandle,
  { id, author, status, supersededAt }: Message,
): boolean {
  if (author.role !== 'bot' || supersededAt || status === 'streaming' || status === 'deleted') return false;
  const { conversation: state, messages } = conversation.getSnapshot();
  const { assignment } = state ?? {};
  if (assignment && (assignment.state !== 'bot' || (assignment.controlledBy ?? author.id) !== author.id))
    return false;
  // A greeting answers nothing.
  for (let index = 0; index < messages.length; index++) {
    const { own, message } = messages.at(index)!;
    if (message.id === id) return false;
    if (own) return true;
  }
  return false;
}
