import type { ConversationSnapshot, LogEvent, Message, Signal, SignalDataMap } from '@sahay/protocol';
import { wellFormed } from '@sahay/protocol/core';

type OpenPart = { text: string; next: number; half: string };
type OpenAnswer = { conversationId: string; authorId: string; parts: Map<string, OpenPart> };
type Delta = SignalDataMap['message.delta'];

/**
 * The answers that are streaming now, with their text so far. Deltas are not in the log, so whoever comes in the middle
 * gets the text from here.
 */
export class OpenAnswers {
  readonly #answers = new Map<string, OpenAnswer>();

  /** Follows the log: an answer opens when it is created streaming, and closes with its last event. */
  observe(event: LogEvent): void {
    switch (event.type) {
      case 'message.created':
        if (event.data.message.status === 'streaming') this.#open(event.data.message);
        break;
      case 'message.completed':
      case 'message.failed':
      case 'message.cancelled':
      case 'message.deleted':
        this.#answers.delete(event.data.messageId);
        break;
      default:
    }
  }

  #open({ id, conversationId, author, parts }: Message): void {
    if (this.#answers.has(id)) return;
    const open = new Map<string, OpenPart>();
    for (const part of parts)
      if (part.type === 'text') open.set(part.partId, { text: part.text, next: 0, half: '' });
    this.#answers.set(id, { conversationId, authorId: author.id, parts: open });
  }

  /**
   * Takes a piece of an answer: only its author's, only the next one. Returns what to pass on; nothing when it is not taken.
   * Half a surrogate pair at its end is kept for the next piece: a producer may cut where it likes, no reader sees it.
   */
  grow(authorId: string, delta: Delta, replace: boolean): Delta | undefined {
    const { conversationId, messageId, partId, index } = delta;
    const answer = this.#answers.get(messageId);
    if (answer?.authorId !== authorId || answer.conversationId !== conversationId) return undefined;
    const part = answer.parts.get(partId) ?? { text: '', next: 0, half: '' };
    if (replace ? index < part.next : index !== part.next) return undefined;
    const said = replace ? delta.text : part.half + delta.text;
    const half = /[\uD800-\uDBFF]$/.exec(said)?.[0] ?? '';
    const text = wellFormed(said.slice(0, said.length - half.length));
    answer.parts.set(partId, { text: replace ? text : part.text + text, next: index + 1, half });
    return { ...delta, text };
  }

  /** Puts the text so far, and the index that comes next, into a snapshot's streaming messages. */
  complete(snapshot: ConversationSnapshot): ConversationSnapshot {
    if (!snapshot.messages.some((message) => message.status === 'streaming')) return snapshot;
    return { ...snapshot, messages: snapshot.messages.map((message) => this.#withTextSoFar(message)) };
  }

  #withTextSoFar(message: Message): Message {
    const answer = message.status === 'streaming' ? this.#answers.get(message.id) : undefined;
    if (!answer) return message;
    const held = new Set(message.parts.map((part) => part.partId));
    const added = [...answer.parts].filter(([partId]) => !held.has(partId));
    return {
      ...message,
      parts: [
        ...message.parts.map((part) => {
          const open = answer.parts.get(part.partId);
          return open && part.type === 'text' ? { ...part, text: open.text } : part;
        }),
        ...added.map(([partId, { text }]) => ({
          partId,
          type: 'text' as const,
          format: 'markdown' as const,
          text,
        })),
      ],
      nextIndexes: Object.fromEntries([...answer.parts].map(([partId, { next }]) => [partId, next])),
    };
  }

  /** What somebody who resumed by events must hear to go on in the middle of an answer. */
  catchUp(conversationId: string): Signal<'message.replaced'>[] {
    const signals: Signal<'message.replaced'>[] = [];
    for (const [messageId, answer] of this.#answers) {
      if (answer.conversationId !== conversationId) continue;
      for (const [partId, { text, next }] of answer.parts)
        if (next > 0)
          signals.push({
            type: 'message.replaced',
            data: { conversationId, messageId, partId, index: next - 1, text },
          });
    }
    return signals;
  }
}
