import type { LogEvent, Message, ServerFrame, Signal, SubscribedFrame } from '@sahay/protocol';

type OpenAnswer = { conversationId: string; authorId: string; text: string; next: number; partId: string };

/** The reference server's answers that are streaming now, with their text so far. */
export class OpenAnswers {
  readonly #answers = new Map<string, OpenAnswer>();

  observe(event: LogEvent): void {
    switch (event.type) {
      case 'message.created':
        return this.#open(event.data.message);
      case 'message.completed':
      case 'message.failed':
      case 'message.cancelled':
      case 'message.deleted':
        return void this.#answers.delete(event.data.messageId);
      default:
    }
  }

  #open({ id, status, conversationId, author, parts }: Message): void {
    const part = parts.find((one) => one.type === 'text');
    if (status !== 'streaming' || !part || this.#answers.has(id)) return;
    this.#answers.set(id, {
      conversationId,
      authorId: author.id,
      text: part.text,
      next: 0,
      partId: part.partId,
    });
  }

  get(messageId: string): OpenAnswer | undefined {
    return this.#answers.get(messageId);
  }

  get ids(): string[] {
    return [...this.#answers.keys()];
  }

  /** The next piece as a signal; nothing when it is not the author's, or not the next. */
  grow(
    authorId: string,
    messageId: string,
    text: string,
    index?: number,
  ): Signal<'message.delta'> | undefined {
    const answer = this.#answers.get(messageId);
    if (answer?.authorId !== authorId || (index !== undefined && index !== answer.next)) return undefined;
    answer.text += text;
    const { conversationId, partId } = answer;
    return {
      type: 'message.delta',
      data: { conversationId, messageId, partId, index: answer.next++, text },
    };
  }

  /** Puts the text so far into a snapshot. */
  complete(subscribed: SubscribedFrame): SubscribedFrame {
    const { snapshot } = subscribed;
    if (snapshot?.kind !== 'conversation') return subscribed;
    const messages = snapshot.messages.map((message) => {
      const open = message.status === 'streaming' ? this.#answers.get(message.id) : undefined;
      if (!open) return message;
      const parts = message.parts.map((part) => (part.type === 'text' ? { ...part, text: open.text } : part));
      return { ...message, parts, nextIndexes: { [open.partId]: open.next } };
    });
    return { ...subscribed, snapshot: { ...snapshot, messages } };
  }

  /** What somebody who resumed by events must hear. */
  catchUp(conversationId: string): ServerFrame[] {
    return [...this.#answers].flatMap(([messageId, { conversationId: where, partId, text, next }]) =>
      where === conversationId && next > 0
        ? [
            {
              type: 'signal' as const,
              signal: {
                type: 'message.replaced' as const,
                data: { conversationId, messageId, partId, index: next - 1, text },
              },
            },
          ]
        : [],
    );
  }
}
