import type { Attachment, Conversation, Message, StaffState } from '../generated/types.ts';
import { applyToConversation, type Fact } from './apply-conversation.ts';
import { applyToMessage, messageIdOf } from './apply-message.ts';
import { applyToStaff, emptyStaffState } from './apply-staff.ts';
import type { ConversationView } from './types.ts';

/** A conversation held in memory: the fold of its events, with lookups by id. */
export class MemoryConversation implements ConversationView {
  conversation: Conversation | undefined;
  staff: StaffState = emptyStaffState;
  readonly messages = new Map<string, Message>();
  readonly #orders = new Map<string, number>();
  readonly #attachments = new Map<string, Attachment>();

  message(id: string): Message | undefined {
    return this.messages.get(id);
  }

  order(messageId: string): number | undefined {
    return this.#orders.get(messageId);
  }

  attachment(id: string): Attachment | undefined {
    return this.#attachments.get(id);
  }

  get lastMessage(): Message | undefined {
    return [...this.messages.values()].findLast((message) => message.author.role !== 'system');
  }

  apply(event: Fact): void {
    this.conversation = applyToConversation(this.conversation, event);
    this.staff = applyToStaff(this.staff, event);
    const id = messageIdOf(event);
    const message = id === undefined ? undefined : applyToMessage(this.messages.get(id), event);
    if (message) {
      if (!this.#orders.has(message.id)) this.#orders.set(message.id, this.#orders.size);
      this.messages.set(message.id, message);
    }
    if (event.type === 'attachment.created' || event.type === 'attachment.completed')
      this.#attachments.set(event.data.attachment.attachmentId, event.data.attachment);
  }
}
