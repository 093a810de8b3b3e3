import type { ConversationView, MessageView } from '@sahay/client';
import type { AnswerTrace, Message, Note } from '@sahay/protocol';

/** What stands below one message, for staff only. */
export interface Annotation {
  /** The message; absent above the first one. */
  messageId: string | undefined;
  message: Message | undefined;
  trace: AnswerTrace | undefined;
  notes: Note[];
}

/**
 * Which messages have something below them: notes under the last message said before them, traces under their answer, what was
 * offered and whether it helped under the message itself.
 */
export function annotationsOf(
  { messages, staff, hasEarlier }: ConversationView,
  pending: readonly Note[],
): Annotation[] {
  const views = [...messages];
  const found = new Map<string | undefined, Annotation>();
  const at = (message: Message | undefined): Annotation => {
    const there = found.get(message?.id);
    if (there) return there;
    const made: Annotation = { messageId: message?.id, message, trace: undefined, notes: [] };
    found.set(message?.id, made);
    return made;
  };
  for (const { message } of views) if (isRemarkable(message)) at(message);
  const byId = new Map(views.map(({ message }) => [message.id, message]));
  for (const trace of staff?.traces ?? []) {
    const message = byId.get(trace.messageId ?? '') ?? byId.get(trace.questionMessageId ?? '');
    if (message) at(message).trace = trace;
  }
  for (const note of staff?.notes ?? []) {
    const message = lastBefore(views, note.createdAt);
    // What was noted on an earlier page comes into view with that page.
    if (message || !hasEarlier) at(message).notes.push(note);
  }
  for (const note of pending) at(views.at(-1)?.message).notes.push(note);
  return [...found.values()];
}

const isRemarkable = ({ feedback, parts }: Message): boolean =>
  feedback !== undefined || parts.some(({ type }) => type === 'quick_replies');

/** The last message said no later than `time`; both are RFC 3339 in UTC, yet perhaps of different precision. */
function lastBefore(views: readonly MessageView[], time: string): Message | undefined {
  const instant = Date.parse(time);
  return views.findLast(({ message }) => Date.parse(message.createdAt) <= instant)?.message;
}
