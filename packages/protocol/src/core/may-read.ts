import type { Conversation, StreamName } from '../generated/types.ts';
import { parseStream } from '../streams.ts';
import type { Actor } from './types.ts';

/**
 * Whether an actor may read a stream: visitors the public side of their own conversations and their own user stream;
 * agents everything of their tenant; bots conversations of their tenant.
 *
 * @param conversationOf looks a conversation up by its id.
 */
export function mayRead(
  actor: Actor,
  stream: StreamName,
  conversationOf: (id: string) => Conversation | undefined,
): boolean {
  const address = parseStream(stream);
  if (!address) return false;
  const staff = actor.role === 'agent' || actor.role === 'system';
  switch (address.kind) {
    case 'user':
      return address.id === actor.id;
    case 'inbox':
      return staff && address.id === actor.tenantId;
    case 'conversation': {
      const conversation = conversationOf(address.id);
      if (!conversation || conversation.tenantId !== actor.tenantId) return false;
      if (staff || actor.role === 'bot') return true;
      return address.audience === 'public' && conversation.visitor.id === actor.id;
    }
  }
}
