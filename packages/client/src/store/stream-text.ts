import type { Message, Part, SignalDataMap, TextPart } from '@sahay/protocol';

type Delta = SignalDataMap['message.delta'];
/** One part that grows: its whole text, the index that comes next, and pieces that came too early. */
type Growing = { text: string; next: number; early: Map<number, string> };

const earlyLimit = 256;

const grows = ({ type }: Part): boolean => type === 'text' || type === 'reasoning';

/** The texts of one streaming message, put together by the indexes of their pieces. */
export class StreamText {
  readonly #parts = new Map<string, Growing>();

  /** Takes up a durable copy. What was heard beyond it stays: signals may be ahead of the log. */
  adopt(message: Message): Message {
    for (const part of message.parts) {
      const { text, partId } = part as TextPart;
      if (grows(part)) this.#reach(partId, nextIndexOf(message, partId), text);
    }
    // What the copy has got as far with, and shows no more, was taken back.
    for (const [partId, growing] of this.#parts)
      if (
        growing.next <= nextIndexOf(message, partId) &&
        !message.parts.some((part) => part.partId === partId)
      )
        growing.text = '';
    return this.#shown(message);
  }

  append(message: Message, { partId, index, text }: Delta): Message {
    const { early, next } = this.#growing(partId);
    if (index < next || (index > next && early.size >= earlyLimit)) return message;
    early.set(index, text);
    this.#reach(partId, next);
    return index > next ? message : this.#shown(message);
  }

  replace(message: Message, { partId, index, text }: Delta): Message {
    this.#reach(partId, index + 1, text);
    return this.#shown(message);
  }

  /** Goes on to an index, unless it is there already, and then as far as the pieces go that came early. */
  #reach(partId: string, next: number, text?: string): void {
    const growing = this.#growing(partId);
    const { early } = growing;
    if (text !== undefined && next >= growing.next) Object.assign(growing, { text, next });
    for (let piece; (piece = early.get(growing.next)) !== undefined; growing.next++) growing.text += piece;
    for (const index of early.keys()) if (index < growing.next) early.delete(index);
  }

  #growing(partId: string): Growing {
    let growing = this.#parts.get(partId);
    if (!growing) this.#parts.set(partId, (growing = { text: '', next: 0, early: new Map() }));
    return growing;
  }

  #shown(message: Message): Message {
    const parts = message.parts.map((part): Part => {
      const growing = this.#parts.get(part.partId);
      return growing && grows(part) ? ({ ...part, text: whole(growing.text) } as Part) : part;
    });
    for (const [partId, { text }] of this.#parts)
      if (text && !parts.some((part) => part.partId === partId))
        parts.push({ partId, type: 'text', format: 'markdown', text: whole(text) });
    return { ...message, parts };
  }
}

function nextIndexOf({ nextIndexes = {} }: Message, partId: string): number {
  return Object.hasOwn(nextIndexes, partId) ? nextIndexes[partId]! : 0;
}

/** Text without half a surrogate pair at its end. */
const whole = (text: string): string =>
  (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800 ? text.slice(0, -1) : text;
