import type {
  Conversation,
  InboxEntry,
  Message,
  Part,
  Participant,
  VisitorContext,
} from '../generated/types.ts';
import { cut } from './bounds.ts';

/** How much of a message an inbox shows, in UTF-16 code units. */
const previewLength = 140;

/** What a message says, in one line of at most 140 characters: its text, or what kind of thing it is. */
export function messagePreview(message: Message): string {
  const text = message.parts.map(lineOf).filter(Boolean).join(' ').replace(/\s+/g, ' ').trim();
  return text.length <= previewLength ? text : `${cut(text, previewLength - 1)}…`;
}

function lineOf(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'image':
    case 'file':
    case 'audio':
    case 'video':
      return part.name;
    case 'card':
      return part.card.title;
    case 'carousel':
      return part.cards[0]?.title ?? '';
    case 'form':
      return part.title ?? '';
    case 'citation':
    case 'reasoning':
    case 'tool_status':
    case 'quick_replies':
    case 'quote':
      return '';
    default:
      return part.fallbackText ?? '';
  }
}

/** A visitor by the name she came with, else the one she gave. */
export function visitorAs(visitor: Participant, context: VisitorContext | undefined): Participant {
  const given = visitor.name?.trim() ? undefined : context?.contact?.name?.trim();
  return given ? { ...visitor, name: given } : visitor;
}

/**
 * A conversation as the inbox lists it.
 *
 * @param context what is known of the visitor: the name she gave stands where she came with none
 */
export function inboxEntryOf(
  conversation: Conversation,
  lastMessage: Message | undefined,
  context?: VisitorContext,
): InboxEntry {
  const { assignment, handoff, survey } = conversation;
  const waits =
    conversation.status === 'open' && (assignment.state === 'queued' || assignment.state === 'ringing');
  return {
    conversationId: conversation.id,
    visitor: visitorAs(conversation.visitor, context),
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
