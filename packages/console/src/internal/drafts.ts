import type { SupportClient } from '@sahay/client';
import { VisitStore } from './visit-store.ts';

/** Whom the words are for: the visitor, or the team. */
export type WritingMode = 'reply' | 'note';

/** What was begun to write in one conversation. Replies and notes never share a field. */
export interface Draft {
  mode: WritingMode;
  reply: string;
  note: string;
}

const empty: Draft = { mode: 'reply', reply: '', note: '' };

/** What was begun in each conversation, kept while one looks at others, and when the page is loaded again. */
export class Drafts {
  readonly #stored: VisitStore<[string, Draft][]>;
  readonly #byConversation: Map<string, Draft>;

  constructor(owner: string) {
    this.#stored = new VisitStore(`drafts:${owner}`, isDrafts);
    this.#byConversation = new Map(this.#stored.read());
  }

  get(conversationId: string): Draft {
    return this.#byConversation.get(conversationId) ?? empty;
  }

  change(conversationId: string, change: Partial<Draft>): void {
    const draft = { ...this.get(conversationId), ...change };
    const isBegun = draft.reply !== '' || draft.note !== '' || draft.mode === 'note';
    if (isBegun) this.#byConversation.set(conversationId, draft);
    else this.#byConversation.delete(conversationId);
    this.#stored.write([...this.#byConversation]);
  }
}

const isDrafts = (value: unknown): value is [string, Draft][] =>
  Array.isArray(value) &&
  value.every((entry) => Array.isArray(entry) && typeof entry[0] === 'string' && isDraft(entry[1]));

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const { mode, reply, note } = value as Record<string, unknown>;
  return (mode === 'reply' || mode === 'note') && typeof reply === 'string' && typeof note === 'string';
}

const byClient = new WeakMap<SupportClient, Drafts>();

/** The drafts that belong to a client. */
export function draftsOf(client: SupportClient): Drafts {
  const known = byClient.get(client) ?? new Drafts(client.user.getSnapshot().participant?.id ?? '');
  byClient.set(client, known);
  return known;
}
