import type { Id, StreamName } from './generated/types.ts';

/** What a stream's name says. */
export type StreamAddress =
  | { kind: 'conversation'; id: Id; audience: 'public' | 'staff' }
  | { kind: 'user'; id: Id }
  | { kind: 'inbox'; id: Id };

/** The stream of a conversation: `public` for everybody in it, `staff` a superset for those who answer. */
export const conversationStream = (id: Id, audience: 'public' | 'staff'): StreamName =>
  `conversation:${id}:${audience}`;

/** The stream of one user: conversations, consents, invitations. */
export const userStream = (id: Id): StreamName => `user:${id}`;

/** The stream that all staff of a tenant share: what the inbox lists, and who is present. */
export const inboxStream = (tenantId: Id): StreamName => `inbox:${tenantId}`;

/**
 * Takes a stream's name apart; `undefined` when it is not one.
 *
 * @example parseStream('conversation:c1:public') // { kind: 'conversation', id: 'c1', audience: 'public' }
 */
export function parseStream(name: StreamName): StreamAddress | undefined {
  const [kind, id, audience, more] = name.split(':');
  if (!id || more !== undefined) return undefined;
  if (kind === 'conversation' && (audience === 'public' || audience === 'staff'))
    return { kind, id, audience };
  if ((kind === 'user' || kind === 'inbox') && audience === undefined) return { kind, id };
  return undefined;
}
