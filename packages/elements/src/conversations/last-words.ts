import type { SupportClient } from '@sahay/client';
import type { Message } from '@sahay/protocol';
import { spokenText } from '../chat/spoken-text.ts';
import type { Locale } from '../locales/locale.ts';

/** Of so many messages at the end, one was said by somebody: notices are nobody's words. */
const looked = 5;
/** More conversations than this are not looked into, the latest first. */
const mostLooked = 30;

/** What was said last in each of a visitor's conversations, fetched one after the other. What cannot be fetched is left out. */
export class LastWords {
  readonly #client: SupportClient;
  readonly #arrived: () => void;
  readonly #messages = new Map<string, Message | undefined>();
  #last: Promise<unknown> = Promise.resolve();

  /** @param arrived called when there is something to show that was not there before */
  constructor(client: SupportClient, arrived: () => void) {
    this.#client = client;
    this.#arrived = arrived;
  }

  /** The words, if they are here; else they are asked for, once. */
  of(conversationId: string, locale: Locale): string | undefined {
    if (!this.#messages.has(conversationId) && this.#messages.size < mostLooked) {
      this.#messages.set(conversationId, undefined);
      this.#last = this.#last.then(() => this.#look(conversationId));
    }
    const message = this.#messages.get(conversationId);
    return message && spokenText(message, locale, this.#arrived);
  }

  async #look(conversationId: string): Promise<void> {
    try {
      const path = `/v1/conversations/${encodeURIComponent(conversationId)}/messages?limit=${looked}`;
      const { messages } = (await (await this.#client.fetch(path)).json()) as { messages?: Message[] };
      const message = messages?.findLast(
        ({ author, status }) => author.role !== 'system' && status !== 'deleted',
      );
      if (!message) return;
      this.#messages.set(conversationId, message);
      this.#arrived();
    } catch {
      // The row says when the conversation was: that is enough to choose by.
    }
  }
}
