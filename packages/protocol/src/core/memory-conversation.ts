import type { Attachment, Conversation, EventDataMap, Message, StaffState } from '../generated/types.ts';
import { applyToConversation, type Fact } from './apply-conversation.ts';
import { eraseInConversation, identifyInConversation, identifyInMessage } from './apply-rewrite.ts';
import { applyToMessage } from './apply-message.ts';
import { messageIdOf } from './talk.ts';
import { applyToStaff, emptyStaffState } from './apply-staff.ts';
import type { ConversationView } from './types.ts';

/** A conversation held in memory: the fold of its events, with lookups by id. */
export class MemoryConversation implements ConversationView {
  conversation: Conversation | undefined;
  staff: StaffState = emptyStaffState;
  consents?: ConversationView['consents'];
  hasSpoken?: ConversationView['hasSpoken'];
  contactOf?: ConversationView['contactOf'];
  invitations?: ConversationView['invitations'];
  readonly messages = new Map<string, Message>();
  readonly #orders = new Map<string, number>();
  readonly #sent = new Map<string, string>();
  readonly #attachments: Map<string, Attachment>;
  #lastSpoken: string | undefined;

  /** @param attachments by their ids; conversations of one backend share it, since those ids are unique in a tenant. */
  constructor(attachments = new Map<string, Attachment>()) {
    this.#attachments = attachments;
  }

  message(id: string): Message | undefined {
    return this.messages.get(id);
  }

  order(messageId: string): number | undefined {
    return this.#orders.get(messageId);
  }

  attachment(id: string): Attachment | undefined {
    return this.#attachments.get(id);
  }

  sentMessage(authorId: string, clientMessageId: string): string | undefined {
    return this.#sent.get(`${authorId}/${clientMessageId}`);
  }

  /** The last message that somebody said; notices are nobody's. */
  get lastMessage(): Message | undefined {
    return this.#lastSpoken === undefined ? undefined : this.messages.get(this.#lastSpoken);
  }

  apply(event: Fact): void {
    if (event.type === 'visitor.identified') return this.#identify(event.data);
    if (event.type === 'conversation.erased') return this.#erase(event.time);
    this.conversation = applyToConversation(this.conversation, event);
    this.staff = applyToStaff(this.staff, event);
    const id = messageIdOf(event);
    const message = id === undefined ? undefined : applyToMessage(this.messages.get(id), event);
    if (message) this.#hold(message);
    if (event.type === 'attachment.created' || event.type === 'attachment.completed')
      this.#attachments.set(event.data.attachment.attachmentId, event.data.attachment);
  }

  #erase(time: string): void {
    if (!this.conversation) return;
    const { id } = this.conversation;
    this.conversation = eraseInConversation(this.conversation, time);
    this.staff = emptyStaffState;
    this.messages.clear();
    this.#sent.clear();
    this.#lastSpoken = undefined;
    for (const [attachmentId, { conversationId }] of this.#attachments)
      if (conversationId === id) this.#attachments.delete(attachmentId);
  }

  #identify(data: EventDataMap['visitor.identified']): void {
    const { from, visitor } = data;
    if (this.conversation) this.conversation = identifyInConversation(this.conversation, data);
    for (const message of this.messages.values()) this.#hold(identifyInMessage(message, data));
    for (const [id, attachment] of this.#attachments)
      if (attachment.ownerId === from && attachment.conversationId === this.conversation?.id)
        this.#attachments.set(id, { ...attachment, ownerId: visitor.id });
  }

  #hold(message: Message): void {
    const { id, author, clientMessageId } = message;
    if (!this.#orders.has(id)) {
      this.#orders.set(id, this.#orders.size);
      if (author.role !== 'system') this.#lastSpoken = id;
    }
    if (clientMessageId !== undefined) this.#sent.set(`${author.id}/${clientMessageId}`, id);
    this.messages.set(id, message);
  }
}
