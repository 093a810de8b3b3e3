import type { Message, Participant } from '@sahay/protocol';
import { messageKeyOf, type OutboxEntry } from '../outbox/outbox-entry.ts';
import type { MessageDelivery, MessageView } from './message-list.ts';

/** Messages on their way: what the outbox holds, and what was acknowledged but has not come back in the log yet. */
export class Outgoing {
  readonly #acknowledged = new Map<string, OutboxEntry>();
  #stale = new Set<string>();
  readonly #views = new WeakMap<OutboxEntry, MessageView>();

  acknowledged(entry: OutboxEntry): void {
    const key = messageKeyOf(entry);
    if (key) this.#acknowledged.set(key, entry);
  }

  /** The message is in the log. */
  arrived(key: string | undefined): void {
    if (key) this.#acknowledged.delete(key);
  }

  /** A snapshot was asked for: it will hold all that is acknowledged by now, in its window or before it. */
  subscribing(): void {
    this.#stale = new Set(this.#acknowledged.keys());
  }

  forget(): void {
    this.#acknowledged.clear();
  }

  subscribed(): void {
    for (const key of this.#stale) this.#acknowledged.delete(key);
  }

  views(
    entries: readonly OutboxEntry[],
    { author, durable, inLog }: { author: Participant; durable: boolean; inLog: (key: string) => boolean },
  ): MessageView[] {
    const waiting = entries.filter((entry) => messageKeyOf(entry) && !inLog(messageKeyOf(entry)!));
    const known = new Set(waiting.map(messageKeyOf));
    const sent = [...this.#acknowledged]
      .filter(([key]) => !known.has(key) && !inLog(key))
      .map(([, entry]) => entry);
    return [...sent, ...waiting]
      .sort((a, b) => a.position - b.position)
      .map((entry) => {
        const delivery = sent.includes(entry)
          ? 'sent'
          : entry.problem
            ? 'failed'
            : durable
              ? 'pending'
              : 'unsaved';
        return this.#view(entry, delivery, author);
      });
  }

  #view(entry: OutboxEntry, delivery: MessageDelivery, author: Participant): MessageView {
    const before = this.#views.get(entry);
    if (before?.delivery === delivery && before.message.author.id === author.id) return before;
    const view: MessageView = {
      key: messageKeyOf(entry)!,
      message: messageOf(entry, author),
      own: true,
      delivery,
      ...(entry.problem && { problem: entry.problem }),
    };
    this.#views.set(entry, view);
    return view;
  }
}

function messageOf({ command, at }: OutboxEntry, author: Participant): Message {
  if (command.type !== 'message.send') throw new TypeError(`${command.type} sends no message`);
  const { clientMessageId, parts, replyTo } = command.data;
  return {
    id: clientMessageId,
    conversationId: command.conversationId ?? '',
    clientMessageId,
    author,
    status: 'complete',
    parts,
    createdAt: new Date(at).toISOString(),
    ...(replyTo && { replyTo }),
  };
}
