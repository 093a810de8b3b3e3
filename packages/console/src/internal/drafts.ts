import type { SupportClient } from '@sahay/client';

/** Whom the words are for: the visitor, or the team. */
export type WritingMode = 'reply' | 'note';

/** What was begun to write in one conversation. Replies and notes never share a field. */
export interface Draft {
  mode: WritingMode;
  reply: string;
  note: string;
}

const empty: Draft = { mode: 'reply', reply: '', note: '' };

/** What was begun in each conversation, kept while one looks at others. */
export class Drafts {
  readonly #byConversation = new Map<string, Draft>();

  get(conversationId: string): Draft {
    return this.#byConversation.get(conversationId) ?? empty;
  }

  change(conversationId: string, change: Partial<Draft>): void {
    this.#byConversation.set(conversationId, { ...this.get(conversationId), ...change });
  }
}

const byClient = new WeakMap<SupportClient, Drafts>();

/** The drafts that belong to a client. */
export function draftsOf(client: SupportClient): Drafts {
  const known = byClient.get(client) ?? new Drafts();
  byClient.set(client, known);
  return known;
}
