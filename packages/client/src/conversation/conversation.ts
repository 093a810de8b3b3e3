import type { Command, CommandDataMap, CommandResult, CommandType } from '@sahay/protocol';
import type {
  ConversationHandle,
  ConversationView,
  MessageInput,
  SentMessage,
} from '../conversation-handle.ts';
import { freshId } from '../ids.ts';
import { lazily } from '../lazily.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import type { Session } from '../session/session.ts';
import type { ConversationModel } from '../store/conversation-model.ts';
import { partsOf } from './message-parts.ts';
import type * as Verbs from './verbs.ts';

/** What a text conversation does without: all of `verbs.ts`. */
const late =
  'retry discard upload sendFile attachmentUrl loadEarlier loadAround loadBetween search requestHandoff cancelHandoff feedback submitSurvey dismissSurvey close reopen cancelMessage accept decline transfer returnToBot addNote transcript release';
type LateVerbs = Pick<ConversationHandle, keyof typeof Verbs>;

/** One conversation: commands go to the outbox, what it shows comes from its model. */
export function conversationHandle(
  id: string,
  model: ConversationModel,
  session: Session,
): ConversationHandle {
  const talk = new Conversation(id, model, session);
  return Object.assign(
    talk,
    lazily(late, ({ verbs }) => verbs, { session, id, model, talk }) as unknown as LateVerbs,
  );
}

/** How often "still typing" is said, in ms; others forget it after about twice that. */
const everyMs = 3_000;

/** What it takes to talk. */
export class Conversation implements Omit<ConversationHandle, keyof LateVerbs> {
  declare readonly id: string;
  declare readonly getSnapshot: () => ConversationView;
  declare readonly subscribe: (listener: () => void) => () => void;
  readonly #session: Session;
  readonly #model: ConversationModel;
  /** When it was last said that somebody types here, in ms since 1970; 0 when nobody does. */
  #typedAt = 0;

  constructor(id: string, model: ConversationModel, session: Session) {
    this.id = id;
    this.#model = model;
    this.#session = session;
    this.getSnapshot = model.view.getSnapshot;
    this.subscribe = model.view.subscribe;
  }

  async send(input: MessageInput): Promise<SentMessage> {
    const key = freshId('c');
    const { text, parts, replyTo } = typeof input === 'string' ? { text: input } : input;
    const data = { clientMessageId: key, parts: partsOf(text, parts), ...(replyTo && { replyTo }) };
    // The message itself says that nobody types it any more.
    this.#typedAt = 0;
    const { result } = await this.put('message.send', data);
    return { key, acknowledged: result };
  }

  typing(active: boolean): void {
    const now = this.#session.host.clock.now();
    if (!this.getSnapshot().conversation || (active ? now - this.#typedAt < everyMs : !this.#typedAt)) return;
    this.#typedAt = active ? now : 0;
    this.#session.signal({ type: 'typing', data: { conversationId: this.id, active } });
  }

  markRead(messageId?: string): void {
    const message = this.#model.readUpTo(messageId);
    // Whoever reads has been connected; and the next mark stands for this one too, should it not get away.
    if (message)
      import('../reserve.ts').then(
        ({ sendReadMark }) => sendReadMark(this, message.id),
        () => undefined,
      );
  }

  /** Gives a command of this conversation, and waits for its acknowledgement. */
  async do<T extends CommandType>(type: T, data: CommandDataMap[T]): Promise<void> {
    await (
      await this.put(type, data)
    ).result;
  }

  /** Resolves with the acknowledgement in a box, so that taking a command does not wait for it. */
  put<T extends CommandType>(
    type: T,
    data: CommandDataMap[T],
    instead?: OutboxEntry,
  ): Promise<{ result: Promise<CommandResult> }> {
    const conversationId = this.id;
    const { locale, role } = this.#session.host;
    // The outbox puts it first, unless it did so before.
    const start: Command | undefined =
      role === 'visitor' && !this.getSnapshot().conversation
        ? { type: 'conversation.start', conversationId, data: { locale, ...currentPage() } }
        : undefined;
    return this.#session.put({ type, conversationId, data } as Command, { start, instead });
  }
}

/** Where the visitor is; told when a conversation starts, unless her browser asks for privacy (Global Privacy Control). */
function currentPage(): { page?: { url: string; title: string } } {
  const { location, document, navigator } = globalThis;
  return location?.href && !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
    ? { page: { url: location.href, title: document?.title ?? '' } }
    : {};
}
