import type { Conversation } from './conversation.ts';

/** A mark on its way, and the newest of those that follow. */
interface Marks {
  busy: boolean;
  next: string | undefined;
}

const marksOf = new WeakMap<Conversation, Marks>();

/** Sends read marks one at a time: while one is on its way, only the newest of those that follow is kept. */
export function sendReadMark(talk: Conversation, messageId: string): void {
  const marks = marksOf.get(talk) ?? { busy: false, next: undefined };
  marksOf.set(talk, marks);
  marks.next = messageId;
  if (!marks.busy) void run(talk, marks);
}

async function run(talk: Conversation, marks: Marks): Promise<void> {
  marks.busy = true;
  while (marks.next !== undefined) {
    const messageId = marks.next;
    marks.next = undefined;
    // A refused mark is reported as a problem event by the outbox; the next one is independent of it.
    await talk.do('receipt.mark', { messageId, kind: 'read' }).catch(() => undefined);
  }
  marks.busy = false;
}
