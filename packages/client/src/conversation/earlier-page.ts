import type { MessagePage } from '@sahay/protocol';
import { follows } from '@sahay/protocol/validate';
import { outOfLine } from '../sahay-error.ts';

/** Asks for the page of messages before a cursor. */
export async function earlierPage(
  conversationId: string,
  before: string,
  fetch: (path: string) => Promise<Response>,
): Promise<MessagePage> {
  const query = `before=${encodeURIComponent(before)}&limit=50`;
  const response = await fetch(`/v1/conversations/${conversationId}/messages?${query}`);
  const page: unknown = await response.json();
  if (follows('MessagePage', page)) return page;
  throw outOfLine('page');
}
