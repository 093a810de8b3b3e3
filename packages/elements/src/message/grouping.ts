import type { MessageView } from '@sahay/client';
import type { Message } from '@sahay/protocol';

/** Messages of one author stay together as long as no more than this lies between them. */
const groupGapMs = 5 * 60_000;

/** Whether a message is a line of the transcript itself ("Rina has joined") rather than something said. */
export function isNotice(message: Message): boolean {
  return message.parts.length > 0 && message.parts.every((part) => part.type === 'notice');
}

const dayOf = ({ createdAt }: Message): number => new Date(createdAt).setHours(0, 0, 0, 0);

/** Whether `message` is the first of its day. */
export function startsDay(message: Message, before: Message | undefined): boolean {
  return !before || dayOf(message) !== dayOf(before);
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
