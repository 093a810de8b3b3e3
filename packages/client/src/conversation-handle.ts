import type {
  Attachment,
  Availability,
  CommandDataMap,
  CommandResult,
  CommandType,
  Conversation,
  MessageMatches,
  Participant,
  Part,
  Problem,
  Queue,
  StaffState,
  SurveyAnswers,
} from '@sahay/protocol';
import type { Readable } from './readable.ts';
import type { MessageList } from './store/message-list.ts';

/** Everything there is to show of a conversation. */
export interface ConversationView {
  readonly id: string;
  /** `new`: nothing was said yet. `failed`: it cannot be shown; `problem` says why. */
  readonly phase: 'new' | 'loading' | 'ready' | 'failed';
  readonly problem?: Problem | undefined;
  readonly conversation?: Conversation | undefined;
  readonly messages: MessageList;
  /** Whether there are older messages to load. */
  readonly hasEarlier: boolean;
  readonly loadingEarlier: boolean;
  /** Who else is typing now. */
  readonly typing: readonly Participant[];
  readonly queue?: Queue | undefined;
  readonly availability?: Availability | undefined;
  /** For staff: notes, answer traces, context. */
  readonly staff?: StaffState | undefined;
  /** For staff: whether the visitor is connected, on whatever page; absent where nobody says. */
  readonly visitorOnline?: boolean | undefined;
  /** How many of the messages held were written by others and not read yet. */
  readonly unreadCount: number;
  /** Whether what is written here survives the page before the backend has it. */
  readonly durable: boolean;
}

/** What a message holds: text, parts after it, and the id of the message it answers. */
export interface MessageContent {
  text?: string | undefined;
  parts?: Part[] | undefined;
  replyTo?: string | undefined;
}

/** What to say: text, or parts. */
export type MessageInput = string | MessageContent;

/** A message that the outbox has taken. */
export interface SentMessage {
  /** The key of its {@link MessageView}: its `clientMessageId`. */
  readonly key: string;
  /** Resolves once the backend has it on disk; rejects with a `SahayError` when it is refused for good. */
  readonly acknowledged: Promise<CommandResult>;
}

/** How to upload a file. */
export interface UploadOptions {
  name: string;
  /** Spoken description of a picture. */
  alt?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Hears the share that has left, from 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
}

/** One conversation: what it shows, and what can be done in it. Safe to keep; it survives lost connections. */
export interface ConversationHandle extends Readable<ConversationView> {
  readonly id: string;
  /**
   * Gives a command of this conversation, such as `form.submit` or `action.invoke`, and waits until the backend has it. Absent where the
   * backend takes no commands.
   *
   * @throws SahayError when it is refused
   * @example await conversation.do?.('action.invoke', { messageId, partId, actionId: 'approve' });
   */
  do?<T extends CommandType>(type: T, data: CommandDataMap[T]): Promise<void>;
  /**
   * Says something. Resolves once the outbox has taken it: from then on it arrives exactly once, whatever happens to the page.
   *
   * @throws SahayError `message_empty`, `destroyed`
   */
  send(input: MessageInput): Promise<SentMessage>;
  /** Sends a failed message again. */
  retry(key: string): Promise<void>;
  /** Takes a failed or pending message out of the outbox. One that is on its way may arrive all the same. */
  discard(key: string): Promise<void>;
  /**
   * Uploads a file for a message of this conversation.
   *
   * @throws SahayError `attachment_too_large`, `attachment_type_refused`, `network`, `cancelled`
   */
  upload(file: Blob, options: UploadOptions): Promise<Attachment>;
  /** Uploads a file and sends it. */
  sendFile(file: Blob, options: UploadOptions): Promise<SentMessage>;
  /** A signed link to an attachment, cached until shortly before it ends. */
  attachmentUrl(attachmentId: string): Promise<string>;
  /** Tells the others that somebody types here, or stopped; call it freely, it is throttled. */
  typing(active: boolean): void;
  /** Marks everything up to a message (default: the last) as read. */
  markRead(messageId?: string): void;
  requestHandoff(): Promise<void>;
  cancelHandoff(): Promise<void>;
  /** Says whether an answer helped. */
  feedback(messageId: string, helpful: boolean, reason?: string): Promise<void>;
  submitSurvey(surveyId: string, answers: SurveyAnswers): Promise<void>;
  dismissSurvey(surveyId: string): Promise<void>;
  /**
   * Everything that was said, in a file for people or for programs, with the chain that `sahay-server verify-transcript` checks.
   *
   * @param locale of the words around it; default the conversation's
   */
  transcript(format?: 'html' | 'text' | 'json', locale?: string): Promise<Blob>;
  close(reason?: string): Promise<void>;
  reopen(): Promise<void>;
  /** Loads the page of messages before the first one held: `limit` of them, 1 to 200, by default 50. */
  loadEarlier(limit?: number): Promise<void>;
  /**
   * Loads a message that is not held, with those around it, however far back it is. Between them and the latest ones a gap may stay
   * (`messages.gap`), which `loadBetween` fills; one such place is held at a time.
   *
   * @param limit how many messages, 1 to 200, by default 50
   * @returns whether the message is held now; `undefined` where the backend cannot (capability `history_around`)
   */
  loadAround?(messageId: string, limit?: number): Promise<boolean | undefined>;
  /** Loads a page of what is missing in the gap: after the messages `before` it, or before those `after` it. */
  loadBetween?(next: 'before' | 'after', limit?: number): Promise<void>;
  /**
   * Has the backend look for words in what is not held, where it can (capability `search`): a stretch of the conversation at a time.
   *
   * @param before the `earlier` of the last answer; default: what comes before the first message held
   * @example
   * let page = await conversation.search?.('refund');
   * while (page?.earlier) page = await conversation.search?.('refund', page.earlier);
   */
  search?(query: string, before?: string): Promise<MessageMatches>;
  /**
   * Lets go of what is held of this conversation, once nobody subscribes to it any more: nothing more of it comes over the line. What waits to be
   * sent still leaves. Afterwards this handle shows what it knew last; `conversations.open(id)` gives another. Whoever looks at many
   * conversations on one page, as agents do, calls it for each that is put away: a server gives one connection so many streams and no more.
   */
  release?(): Promise<void>;
  /** Stops an answer that is streaming, at the backend. */
  cancelMessage(messageId: string): Promise<void>;
  /** For agents: takes control. */
  accept(): Promise<void>;
  /** For agents: declines the offer. */
  decline(reason?: string): Promise<void>;
  /** For agents: passes the conversation on, to an agent or back to the queue. */
  transfer(to?: { toAgentId?: string | undefined; note?: string | undefined }): Promise<void>;
  /** For agents: gives control back to the bot. */
  returnToBot(): Promise<void>;
  /** For agents: writes a note that the visitor never sees. */
  addNote(text: string): Promise<void>;
}
