import type { Command, Message, Participant } from '@sahay/protocol';
import { messageKeyOf, type OutboxEntry } from '../outbox/outbox-entry.ts';
import type { MessageDelivery, MessageView } from './message-list.ts';

/** Messages on their way: what the outbox holds, and what was acknowledged but has not come back in the log yet. */
export class Outgoing {
  readonly #acknowledged = new Map<string, OutboxEntry>();
  #stale: string[] = [];
  readonly #views = new WeakMap<OutboxEntry, MessageView>();

  /** Whether the log has yet to bring some that are acknowledged. */
  get awaitsLog(): boolean {
    return this.#acknowledged.size > 0;
  }

  acknowledged(key: string, entry: OutboxEntry): void {
    this.#acknowledged.set(key, entry);
  }

  /** The message is in the log. */
  arrived(key: string): void {
    this.#acknowledged.delete(key);
  }

  /** Notes what is acknowledged by now: when the log has caught up, it holds that, or shows only what came after it. */
  mark(): void {
    this.#stale = [...this.#acknowledged.keys()];
  }

  caughtUp(): void {
    for (const key of this.#stale) this.#acknowledged.delete(key);
  }

  views(
    entries: readonly OutboxEntry[],
    author: Participant,
    durable: boolean,
    inLog: (key: string) => boolean,
  ): MessageView[] {
    const waiting = new Set(entries);
    const all = new Map([...this.#acknowledged.values(), ...entries].map((one) => [messageKeyOf(one), one]));
    return [...all]
      .filter(([key]) => key && !inLog(key))
      .map(([, entry]) => entry)
      .sort((a, b) => a.position - b.position)
      .map((entry) => {
        const unsent = entry.problem ? 'failed' : durable ? 'pending' : 'unsaved';
        return this.#view(entry, waiting.has(entry) ? unsent : 'sent', author);
      });
  }

  #view(entry: OutboxEntry, delivery: MessageDelivery, author: Participant): MessageView {
    const before = this.#views.get(entry);
    if (before?.delivery === delivery && before.message.author.id === author.id) return before;
    const message = messageOf(entry, author);
    const { problem } = entry;
    const view: MessageView = { key: message.id, message, own: true, delivery, ...(problem && { problem }) };
    this.#views.set(entry, view);
    return view;
  }
}

function messageOf({ command, at }: OutboxEntry, author: Participant): Message {
  const { clientMessageId, parts, replyTo } = (command as Command<'message.send'>).data;
  return {
    id: clientMessageId,
    conversationId: command.conversationId!,
    clientMessageId,
    author,
    status: 'complete',
    parts,
    createdAt: new Date(at).toISOString(),
    ...(replyTo && { replyTo }),
  };
}
