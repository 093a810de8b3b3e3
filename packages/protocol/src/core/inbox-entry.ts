import type { Conversation, InboxEntry, Message } from '../generated/types.ts';

/** How much of a message an inbox shows, in UTF-16 code units. */
const previewLength = 140;

/** What a message says, in one line: its text, or what kind of thing it is. */
export function messagePreview(message: Message): string {
  const text = message.parts
    .map((part) =>
      part.type === 'text' ? part.text : 'name' in part && typeof part.name === 'string' ? part.name : '',
    )
    .filter(Boolean)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length <= previewLength ? text : `${[...text.slice(0, previewLength)].slice(0, -1).join('')}…`;
}

/** A conversation as the inbox lists it. */
export function inboxEntryOf(conversation: Conversation, lastMessage: Message | undefined): InboxEntry {
  const { assignment, handoff, survey } = conversation;
  const waits =
    conversation.status === 'open' && (assignment.state === 'queued' || assignment.state === 'ringing');
  return {
    conversationId: conversation.id,
    visitor: conversation.visitor,
    status: conversation.status,
    assignment,
    startedAt: conversation.startedAt,
    ...(handoff && { handoff }),
    ...(conversation.locale && { locale: conversation.locale }),
    ...(waits && { waitingSince: assignment.since }),
    ...(survey?.answers?.score !== undefined && { score: survey.answers.score }),
    ...(lastMessage && {
      lastMessage: {
        messageId: lastMessage.id,
        text: messagePreview(lastMessage),
        role: lastMessage.author.role,
        time: lastMessage.createdAt,
      },
    }),
  };
}
