import type {
  Attachment,
  Command,
  CommandDataMap,
  CommandResult,
  CommandType,
  SurveyAnswers,
} from '@sahay/protocol';
import type { LinkRequestInit } from '../connector/log-connector.ts';
import type {
  ConversationHandle,
  ConversationView,
  MessageInput,
  SentMessage,
  UploadOptions,
} from '../conversation-handle.ts';
import { freshId } from '../ids.ts';
import { messageKeyOf, type OutboxEntry } from '../outbox/outbox-entry.ts';
import type { Session } from '../session/session.ts';
import type { ConversationModel } from '../store/conversation-model.ts';
import { partsOf } from './message-parts.ts';
import { receiptSender } from './receipt-sender.ts';
import { TypingSender } from './typing-sender.ts';

/** What a conversation needs from its client. */
export interface ConversationContext {
  session: Session;
  fetch: (path: string, init?: LinkRequestInit) => Promise<Response>;
  attachmentUrl: (attachmentId: string) => Promise<string>;
  /** Where the visitor is; told when a conversation starts. */
  page: () => { url?: string; title?: string } | undefined;
}

/** One conversation: commands go to the outbox, what it shows comes from its model. */
export class ConversationFacade implements ConversationHandle {
  readonly id: string;
  readonly getSnapshot: () => ConversationView;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #context: ConversationContext;
  readonly #model: ConversationModel;
  readonly #mark: (messageId: string) => void;
  readonly #typing: TypingSender;

  constructor(id: string, model: ConversationModel, context: ConversationContext) {
    this.id = id;
    this.#model = model;
    this.#context = context;
    this.getSnapshot = model.view.getSnapshot;
    this.subscribe = model.view.subscribe;
    const { session } = context;
    this.#mark = receiptSender((messageId) => this.#do('receipt.mark', { messageId, kind: 'read' }));
    this.#typing = new TypingSender(session.host.clock, (active) =>
      session.signal({ type: 'typing', data: { conversationId: id, active } }),
    );
  }

  async send(input: MessageInput): Promise<SentMessage> {
    const key = freshId('c');
    const replyTo = typeof input === 'string' ? undefined : input.replyTo;
    const data = { clientMessageId: key, parts: partsOf(input), ...(replyTo && { replyTo }) };
    this.#typing.sent();
    const { result } = await this.#put({ type: 'message.send', conversationId: this.id, data });
    return { key, acknowledged: result };
  }

  async retry(key: string): Promise<void> {
    const entry = this.#entry(key);
    if (entry?.problem) await this.#put(entry.command, entry);
  }

  discard(key: string): Promise<void> {
    return this.#context.session.outbox.discard(this.id, key);
  }

  async upload(file: Blob, options: UploadOptions): Promise<Attachment> {
    const { session, fetch } = this.#context;
    // Most conversations have no files: those that do, load what it takes.
    const { upload } = await import('../files/upload.ts');
    return upload(file, options, {
      conversationId: this.id,
      ownerId: () => session.user.participant?.id ?? 'me',
      command: async (command) => (await this.#put(command)).result,
      fetch,
    });
  }

  async sendFile(file: Blob, options: UploadOptions): Promise<SentMessage> {
    const attachment = await this.upload(file, options);
    const { partOfAttachment } = await import('../files/upload.ts');
    return this.send({ parts: [partOfAttachment(attachment, options.alt)] });
  }

  attachmentUrl(attachmentId: string): Promise<string> {
    return this.#context.attachmentUrl(attachmentId);
  }

  typing(active: boolean): void {
    if (this.getSnapshot().conversation) this.#typing.say(active);
  }

  markRead(messageId?: string): void {
    const message = this.#model.readUpTo(messageId);
    if (message) this.#mark(message.id);
  }

  async loadEarlier(): Promise<void> {
    const { earlier } = this.#model;
    if (earlier === undefined || this.getSnapshot().loadingEarlier) return;
    this.#model.loading(true);
    try {
      // Most conversations fit into their first snapshot.
      const { earlierPage } = await import('./earlier-page.ts');
      this.#model.prepend(await earlierPage(this.id, earlier, this.#context.fetch), earlier);
    } finally {
      this.#model.loading(false);
    }
  }

  requestHandoff = (): Promise<void> => this.#do('handoff.request', { reason: 'asked_for_person' });
  cancelHandoff = (): Promise<void> => this.#do('handoff.cancel', {});
  feedback = (messageId: string, helpful: boolean, reason?: string): Promise<void> =>
    this.#do('message.feedback', { messageId, helpful, reason });
  submitSurvey = (surveyId: string, answers: SurveyAnswers): Promise<void> =>
    this.#do('survey.submit', { surveyId, answers });
  dismissSurvey = (surveyId: string): Promise<void> => this.#do('survey.dismiss', { surveyId });
  close = (reason?: string): Promise<void> => this.#do('conversation.close', { reason });
  reopen = (): Promise<void> => this.#do('conversation.reopen', {});
  cancelMessage = (messageId: string): Promise<void> => this.#do('message.cancel', { messageId });
  accept = (): Promise<void> => this.#do('assignment.accept', {});
  decline = (reason?: string): Promise<void> => this.#do('assignment.decline', { reason });
  transfer = (to: { toAgentId?: string | undefined; note?: string | undefined } = {}): Promise<void> =>
    this.#do('assignment.transfer', to);
  returnToBot = (): Promise<void> => this.#do('assignment.return_to_bot', {});
  addNote = (text: string): Promise<void> => this.#do('note.add', { text });

  async #do<T extends CommandType>(type: T, data: CommandDataMap[T]): Promise<void> {
    await (
      await this.#put({ type, conversationId: this.id, data } as Command)
    ).result;
  }

  /** Resolves with the acknowledgement in a box, so that taking a command does not wait for it. */
  async #put(command: Command, instead?: OutboxEntry): Promise<{ result: Promise<CommandResult> }> {
    const { session, page } = this.#context;
    const { locale, role } = session.host;
    const at = page();
    // The outbox puts it first, unless it did so before.
    const start: Command | undefined =
      role === 'visitor' && !this.getSnapshot().conversation
        ? { type: 'conversation.start', conversationId: this.id, data: { locale, ...(at && { page: at }) } }
        : undefined;
    return session.put(command, { start, instead });
  }

  #entry(key: string): OutboxEntry | undefined {
    return this.#context.session.outbox.entries(this.id).find((entry) => messageKeyOf(entry) === key);
  }
}
