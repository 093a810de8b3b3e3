import { Record } from '../world/protocol-of-run.ts';

/** A message as its sender knows it. Ticks count within its conversation. */
export interface Sent {
  /** 0 is the visitor, whatever the tab; 1 the agent. */
  writer: number;
  /** When `send` was called. */
  calledAt: number;
  /** When it resolved; absent when the page died before. */
  takenAt?: number | undefined;
  acknowledged: boolean;
}

/** What one page showed of a conversation at one moment. */
export interface ViewRecord {
  page: number;
  /** Taken when all was said and everybody had had time to catch up. */
  isFinal: boolean;
  /** The messages that stand in the log, in the order shown. */
  inLog: Int32Array;
  /** The messages after them, on their way. */
  pending: Int32Array;
}

/** All that was seen of one conversation. */
export interface ConversationHistory {
  sent: Map<number, Sent>;
  views: ViewRecord[];
}

/** All that was seen, by the conversation's index. */
export class History {
  readonly conversations = new Map<number, ConversationHistory>();
  readonly ids = new Map<number, string>();

  /** Reads what a worker wrote; see `Record`. */
  read(records: Int32Array): void {
    for (let at = 0; at < records.length;) at = this.#readOne(records, at);
  }

  #readOne(records: Int32Array, at: number): number {
    const number = (offset: number): number => records[at + offset] ?? 0;
    const conversation = this.of(number(1));
    const message = number(2);
    switch (number(0)) {
      case Record.called:
        conversation.sent.set(message, { writer: number(3), calledAt: number(4), acknowledged: false });
        return at + 5;
      case Record.taken:
        this.#sent(conversation, message).takenAt = number(3);
        return at + 4;
      case Record.acknowledged:
        this.#sent(conversation, message).acknowledged = true;
        return at + 3;
      case Record.view:
        return this.#readView(conversation, records, at + 2);
      default:
        throw new Error(`The history holds a record of kind ${number(0)}, which nobody writes.`);
    }
  }

  #readView(conversation: ConversationHistory, records: Int32Array, at: number): number {
    const shown = at + 3;
    const pending = shown + (records[at + 2] ?? 0);
    const end = pending + 1 + (records[pending] ?? 0);
    conversation.views.push({
      page: records[at] ?? 0,
      isFinal: records[at + 1] === 1,
      inLog: records.slice(shown, pending),
      pending: records.slice(pending + 1, end),
    });
    return end;
  }

  #sent(conversation: ConversationHistory, message: number): Sent {
    const sent = conversation.sent.get(message);
    if (!sent) throw new Error(`Message ${message} was taken or acknowledged, and nobody sent it.`);
    return sent;
  }

  of(index: number): ConversationHistory {
    let found = this.conversations.get(index);
    if (!found) this.conversations.set(index, (found = { sent: new Map(), views: [] }));
    return found;
  }
}
