import type { MessageView } from '@sahay/client';
import type { Message } from '@sahay/protocol';

/** Messages of one author stay together as long as no more than this lies between them. */
const groupGapMs = 5 * 60_000;

/** Whether a message is a line of the transcript itself ("Rina has joined") rather than something said. */
export function isNotice(message: Message): boolean {
  return message.parts.length > 0 && message.parts.every((part) => part.type === 'notice');
}

/** Whether `message` is the first of its day. */
export function startsDay(message: Message, before: Message | undefined): boolean {
  return !before || new Date(message.createdAt).toDateString() !== new Date(before.createdAt).toDateString();
}

/** Whether `message` opens a new group: another author, another day, or a pause before it. */
export function startsGroup(message: Message, before: Message | undefined): boolean {
  return (
    !before ||
    isNotice(before) ||
    before.author.id !== message.author.id ||
    Date.parse(message.createdAt) - Date.parse(before.createdAt) > groupGapMs ||
    startsDay(message, before)
  );
}

/**
 * Whether to ask "Did this solve it?" under the last message: only under a bot's finished answer that names its source,
 * so that neither a greeting nor small talk is ever put to the vote.
 */
export function asksForFeedback({ message }: MessageView): boolean {
  return (
    message.author.role === 'bot' &&
    message.status === 'complete' &&
    message.parts.some((part) => part.type === 'citation') &&
    !message.parts.some((part) => part.type === 'quick_replies')
  );
}

/** How a message stands between its neighbours. */
export interface MessageShape {
  /** Is the first of its day. */
  day: boolean;
  /** Opens a group. */
  start: boolean;
  /** Ends a group. */
  end: boolean;
}

type Known = MessageShape & { before: MessageView | undefined; after: MessageView | undefined };
const known = new WeakMap<MessageView, Known>();

/** How a message stands between its neighbours; worked out once, since a list asks at each of its redraws. */
export function shapeOf(
  view: MessageView,
  before: MessageView | undefined,
  after: MessageView | undefined,
): MessageShape {
  const found = known.get(view);
  if (found && found.before === before && found.after === after) return found;
  const { message } = view;
  const shape: Known = {
    before,
    after,
    day: startsDay(message, before?.message),
    start: startsGroup(message, before?.message),
    end: !after || startsGroup(after.message, message),
  };
  known.set(view, shape);
  return shape;
}
