import { SahayError, type Readable, type SupportClient } from '@sahay/client';
import type { CannedReply } from '@sahay/protocol';
import { wordsOf } from '../rich-reply/rich-draft.ts';

export type { CannedReply } from '@sahay/protocol';

/** What is known of them. */
export interface CannedRepliesView {
  readonly phase: 'idle' | 'loading' | 'ready' | 'failed';
  readonly replies: readonly CannedReply[];
}

/** The team's canned replies, loaded once and shared by all conversations. */
export class CannedReplyStore implements Readable<CannedRepliesView> {
  readonly #client: SupportClient;
  readonly #listeners = new Set<() => void>();
  #view: CannedRepliesView = { phase: 'idle', replies: [] };

  constructor(client: SupportClient) {
    this.#client = client;
  }

  getSnapshot = (): CannedRepliesView => this.#view;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Loads them afresh; those known already stay in view meanwhile. Never rejects: `phase` says what came of it. */
  async load(): Promise<void> {
    if (this.#view.phase === 'loading') return;
    this.#set({ phase: this.#view.replies.length ? 'ready' : 'loading', replies: this.#view.replies });
    try {
      const response = await this.#client.fetch('/v1/canned-replies');
      this.#set({ phase: 'ready', replies: repliesOf(await response.json()) });
    } catch {
      // Offline or refused: what is known stays usable, and the next opening tries again.
      this.#set({ phase: this.#view.replies.length ? 'ready' : 'failed', replies: this.#view.replies });
    }
  }

  /**
   * Replaces them all.
   *
   * @throws SahayError when the server refuses them, or cannot be reached.
   */
  async save(replies: readonly CannedReply[]): Promise<void> {
    const response = await this.#client.fetch('/v1/canned-replies', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ replies }),
    });
    this.#set({ phase: 'ready', replies: repliesOf(await response.json()) });
  }

  #set(view: CannedRepliesView): void {
    this.#view = view;
    for (const listener of [...this.#listeners]) listener();
  }
}

function repliesOf(body: unknown): CannedReply[] {
  const { replies } = (typeof body === 'object' && body !== null ? body : {}) as { replies?: unknown };
  if (!Array.isArray(replies)) {
    throw new SahayError('internal', 'The server answered with something else than canned replies.');
  }
  return replies.filter(isReply);
}

const isReply = (value: unknown): value is CannedReply =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'title', 'text'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string');

/** Those whose title, text or parts have every word of `filter` in it, whatever its case. Those with all words in the title come first. */
export function matching(replies: readonly CannedReply[], filter: string): CannedReply[] {
  const words = fold(filter).split(/\s+/).filter(Boolean);
  const has = (text: string): boolean => words.every((word) => fold(text).includes(word));
  const found = replies.filter(({ title, text, parts }) => has(`${title} ${text} ${wordsOf(parts)}`));
  return [...found.filter(({ title }) => has(title)), ...found.filter(({ title }) => !has(title))];
}

/** Case and compatibility forms make no difference; marks do, since Bengali spells with them. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

const byClient = new WeakMap<SupportClient, CannedReplyStore>();

/** The canned replies behind a client. */
export function cannedRepliesOf(client: SupportClient): CannedReplyStore {
  const known = byClient.get(client) ?? new CannedReplyStore(client);
  byClient.set(client, known);
  return known;
}
