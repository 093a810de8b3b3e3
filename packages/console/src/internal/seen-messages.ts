import type { ConversationView, Readable, SupportClient } from '@sahay/client';
import type { InboxEntry } from '@sahay/protocol';

const key = 'sahay-console-seen';
/** Conversations remembered; the oldest are forgotten first. */
const remembered = 1000;

/** Where the marks are kept between visits: `localStorage`, or nothing where the browser refuses it. */
export type MarkStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Which message of each conversation was on this agent's screen last; others' newer ones are new to her. */
export class SeenMessages implements Readable<ReadonlyMap<string, string>> {
  readonly #storage: MarkStorage | undefined;
  readonly #listeners = new Set<() => void>();
  #seen: ReadonlyMap<string, string>;

  constructor(storage: MarkStorage | undefined) {
    this.#storage = storage;
    this.#seen = new Map(parse(storage?.getItem(key)));
  }

  getSnapshot = (): ReadonlyMap<string, string> => this.#seen;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The message was on screen. */
  mark(conversationId: string, messageId: string): void {
    if (this.#seen.get(conversationId) === messageId) return;
    const entries = [...this.#seen].filter(([id]) => id !== conversationId);
    this.#seen = new Map([...entries, [conversationId, messageId] as const].slice(-remembered));
    try {
      this.#storage?.setItem(key, JSON.stringify([...this.#seen]));
    } catch (cause) {
      // A full or forbidden storage costs the marks of this visit after a reload, nothing else.
      console.warn('Which messages were seen could not be stored.', cause);
    }
    for (const listener of [...this.#listeners]) listener();
  }

  /** Whether the visitor has said something that was not on screen yet. */
  isNew({ conversationId, lastMessage }: InboxEntry): boolean {
    return lastMessage?.role === 'visitor' && this.#seen.get(conversationId) !== lastMessage.messageId;
  }

  /** How many messages of the visitor came after the last one that was on screen, or after one's own answer. */
  countNew({ id, messages }: ConversationView): number {
    const seen = this.#seen.get(id);
    let count = 0;
    for (let index = messages.length - 1; index >= 0; index--) {
      const view = messages.at(index);
      if (!view || view.own || view.message.id === seen) break;
      if (view.message.author.role === 'visitor') count++;
    }
    return count;
  }
}

function parse(stored: string | null | undefined): [string, string][] {
  if (!stored) return [];
  try {
    const entries: unknown = JSON.parse(stored);
    return Array.isArray(entries) ? entries.filter(isPair) : [];
  } catch (cause) {
    console.warn('The stored marks of seen messages cannot be read, so all count as new.', cause);
    return [];
  }
}

const isPair = (entry: unknown): entry is [string, string] =>
  Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'string';

function pageStorage(): MarkStorage | undefined {
  try {
    return localStorage;
  } catch {
    // Browsers that refuse storage throw at the mere mention; the marks then last as long as the page.
    return undefined;
  }
}

const byClient = new WeakMap<SupportClient, SeenMessages>();

/** The marks that belong to a client, shared by inbox and desk. */
export function seenMessages(client: SupportClient): SeenMessages {
  const known = byClient.get(client);
  if (known) return known;
  const made = new SeenMessages(pageStorage());
  byClient.set(client, made);
  return made;
}
