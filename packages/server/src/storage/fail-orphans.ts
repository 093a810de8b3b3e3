import type { NewEvent } from '@sahay/protocol/core';
import type { Store } from './store.ts';

/**
 * Ends the answers whose producer died with the last process, so that no message streams for ever. Returns how many.
 */
export async function failOrphans(store: Store): Promise<number> {
  const open = await store.openStreams();
  const events = open.map(({ conversationId, message }): NewEvent => ({
    type: 'message.failed',
    target: { kind: 'conversation', id: conversationId, audience: 'public' },
    data: {
      messageId: message.id,
      parts: message.parts,
      reason: 'The server was restarted while it answered.',
    },
  }));
  if (events.length > 0) await store.append(events);
  return open.length;
}
