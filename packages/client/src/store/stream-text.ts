import type { Message, Part, SignalDataMap } from '@sahay/protocol';

type Delta = SignalDataMap['message.delta'];
/** One part that grows: its whole text, the index that comes next, and pieces that came too early. */
type Growing = { text: string; next: number; early: Map<number, string> };

const earlyLimit = 256;

/** The texts of one streaming message, put together by the indexes of their pieces. */
export class StreamText {
  readonly #parts = new Map<string, Growing>();

  /** Takes up a durable copy. What was heard beyond it stays: signals may be ahead of the log. */
  adopt(message: Message): Message {
    for (const part of message.parts) {
      if (part.type !== 'text' && part.type !== 'reasoning') continue;
      const next = nextIndexOf(message, part.partId);
      const growing = this.#growing(part.partId);
      if (next < growing.next) continue;
      growing.text = part.text;
      growing.next = next;
      this.#takeEarly(growing);
    }
    return this.#shown(message);
  }

  append(message: Message, { partId, index, text }: Delta): Message {
    const growing = this.#growing(partId);
    if (index < growing.next) return message;
    if (growing.early.size < earlyLimit || index === growing.next) growing.early.set(index, text);
    if (index > growing.next) return message;
    this.#takeEarly(growing);
    return this.#shown(message);
  }

  replace(message: Message, { partId, index, text }: Delta): Message {
    const growing = this.#growing(partId);
    if (index < growing.next) return message;
    growing.text = text;
    growing.next = index + 1;
    this.#takeEarly(growing);
    return this.#shown(message);
  }

  #growing(partId: string): Growing {
    let growing = this.#parts.get(partId);
    if (!growing) this.#parts.set(partId, (growing = { text: '', next: 0, early: new Map() }));
    return growing;
  }

  #takeEarly(growing: Growing): void {
    for (const index of growing.early.keys()) if (index < growing.next) growing.early.delete(index);
    for (
      let piece = growing.early.get(growing.next);
      piece !== undefined;
      piece = growing.early.get(growing.next)
    ) {
      growing.early.delete(growing.next++);
      growing.text += piece;
    }
  }

  #shown(message: Message): Message {
    const parts = message.parts.map((part): Part => {
      const growing = this.#parts.get(part.partId);
      return growing && (part.type === 'text' || part.type === 'reasoning')
        ? { ...part, text: whole(growing.text) }
        : part;
    });
    for (const [partId, { text, next }] of this.#parts)
      if (next > 0 && !parts.some((part) => part.partId === partId))
        parts.push({ partId, type: 'text', format: 'markdown', text: whole(text) });
    return { ...message, parts };
  }
}

function nextIndexOf({ nextIndexes }: Message, partId: string): number {
  return nextIndexes && Object.hasOwn(nextIndexes, partId) ? nextIndexes[partId]! : 0;
}

/** Text without half a surrogate pair at its end. */
function whole(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? text.slice(0, -1) : text;
}
