import type { MessageList, MessageView } from '@sahay/client';
import type { Locale } from '@sahay/elements/internal';
import type { Handoff, NoticePart, Part } from '@sahay/protocol';
import { reasonWords } from '../internal/names.ts';
import type { ConsoleStrings } from '../locales/console-strings.ts';

/** What decides how an agent reads a transcript. */
export interface Reader {
  words: Locale<ConsoleStrings>;
  me: string | undefined;
  handoff: Handoff | undefined;
  /** What a visitor is called who came without a name. */
  visitor: string;
}

/**
 * A transcript as an agent reads it: nameless visitors get a number, notices speak of the visitor rather than to her, and replies that
 * only she can choose are not offered. Views stay the same objects until their message changes, as the list asks for.
 */
export class AgentViews {
  readonly #reader: Reader;
  readonly #made = new WeakMap<MessageView, MessageView>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Whether these views were made for the same reader. */
  suits({ words, me, handoff, visitor }: Reader): boolean {
    const known = this.#reader;
    const same = known.words === words && known.me === me && known.handoff === handoff;
    return same && known.visitor === visitor;
  }

  /** The views of `messages`, in their order. */
  of(messages: MessageList): MessageView[] {
    return Array.from(messages, (view) => {
      const known = this.#made.get(view) ?? this.#make(view);
      this.#made.set(view, known);
      return known;
    });
  }

  #make(view: MessageView): MessageView {
    const { message } = view;
    const { author } = message;
    const named = author.role === 'visitor' && !author.name?.trim();
    return {
      ...view,
      message: {
        ...message,
        author: named ? { ...author, name: this.#reader.visitor } : author,
        parts: message.parts
          .filter(({ type }) => type !== 'quick_replies')
          .map((part) => this.#part(part, message.createdAt)),
      },
    };
  }

  #part(part: Part, createdAt: string): Part {
    if (part.type !== 'notice') return part;
    const fallbackText = this.#notice(part, createdAt);
    // An unknown kind is shown by its fallback: the list's own words are for the visitor.
    return fallbackText === undefined ? part : { ...part, kind: `console_${part.kind}`, fallbackText };
  }

  #notice({ kind, participant }: NoticePart, createdAt: string): string | undefined {
    const { words, me, handoff } = this.#reader;
    const { strings } = words;
    switch (kind) {
      case 'handoff_requested':
        return handoff && isOf(handoff, createdAt)
          ? words.text('noticeHandedOver', { reason: reasonWords(handoff.reason, words) })
          : strings.noticeAskedForPerson;
      case 'agent_joined':
        return participant && participant.id === me
          ? strings.noticeYouJoined
          : words.text('noticeJoined', { name: participant?.name ?? strings.agent });
      case 'transferred':
        return strings.noticePassedOn;
      case 'handoff_failed':
        return strings.noticeNobodyThere;
      case 'returned_to_bot':
        return strings.noticeReturnedToBot;
      case 'closed':
        return strings.noticeClosed;
      case 'reopened':
        return strings.noticeReopened;
      default:
        return undefined;
    }
  }
}

/** How far apart a handoff and its notice may be written, in milliseconds. */
const together = 60_000;

/** Whether a notice tells of this handoff, the latest there is; one that passes on has a notice of another kind. */
function isOf({ reason, requestedAt }: Handoff, createdAt: string): boolean {
  return reason !== 'transfer' && Date.parse(createdAt) >= Date.parse(requestedAt) - together;
}
