import type { Message } from '../../generated/types.ts';
import type { Decision } from '../types.ts';
import { refuse, type Situation } from './outcome.ts';

export const noMessage = (messageId: string): Decision =>
  refuse('message_not_found', `There is no message ${messageId} in this conversation.`);

/**
 * Looks a message up and checks that it is the actor's own. The role counts too: ids of visitors come from host pages,
 * and one of them could be the bot's.
 */
export function ownMessage(messageId: string, { actor, view }: Situation): Message | Decision {
  const message = view.message(messageId);
  if (!message || message.status === 'deleted') return noMessage(messageId);
  if (message.author.id !== actor.id || message.author.role !== actor.role)
    return refuse('forbidden', 'Only its author can change a message.');
  return message;
}

export const isDecision = (value: Message | Decision): value is Decision => !('parts' in value);
