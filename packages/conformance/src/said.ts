import type { LogEvent, Message, Part, Snapshot } from '@sahay/protocol';

/** The words of parts, joined. */
export const textOfParts = (parts: readonly Part[]): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

/** The words of a message. */
export const textOf = ({ parts }: Message): string => textOfParts(parts);

/** The messages that events brought. */
export const messagesOf = (events: readonly LogEvent[]): Message[] =>
  events.flatMap((event) => (event.type === 'message.created' ? [event.data.message] : []));

/** What was said by visitors, in order, according to events. */
export const saidIn = (events: readonly LogEvent[]): string[] =>
  messagesOf(events)
    .filter(({ author }) => author.role === 'visitor')
    .map(textOf);

/** The messages of a conversation's snapshot. */
export const messagesIn = (snapshot: Snapshot | undefined): Message[] =>
  snapshot?.kind === 'conversation' ? snapshot.messages : [];

/** Whether an event is the message with these words. */
export const says =
  (words: string) =>
  (event: LogEvent<'message.created'>): boolean =>
    textOf(event.data.message) === words;
