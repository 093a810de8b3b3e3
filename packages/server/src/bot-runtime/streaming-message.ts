import type { Command, Part, TextPart } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { Hub } from '../context.ts';
import type { NumberedOutbox } from './numbered-outbox.ts';
import type { Pace } from './pace.ts';

const partId = 'text';

/** What {@link StreamingMessage} needs. */
export interface StreamingMessageParts {
  hub: Pick<Hub, 'signal'>;
  outbox: NumberedOutbox;
  actor: Actor;
  conversationId: string;
  clientMessageId: string;
  pace: Pick<Pace, 'now' | 'checkpointMs'>;
}

/**
 * One message of the bot's while it grows: begun with its first words, copied to the log about once a second, ended once.
 * After a refusal (somebody else has control, the visitor stopped it) it stays silent.
 */
export class StreamingMessage {
  readonly #parts: StreamingMessageParts;
  #messageId: string | undefined;
  #text = '';
  #index = 0;
  #copiedAt = 0;
  #copied = '';
  #isOver = false;

  constructor(parts: StreamingMessageParts) {
    this.#parts = parts;
  }

  get messageId(): string | undefined {
    return this.#messageId;
  }

  get text(): string {
    return this.#text;
  }

  /** Whether more may still be said. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Says more; the first words begin the message. */
  async append(text: string): Promise<void> {
    if (text === '' || !(await this.#begin())) return;
    this.#text += text;
    const { conversationId, hub, actor } = this.#parts;
    const data = { conversationId, messageId: this.#messageId ?? '', partId, index: this.#index++, text };
    await hub.signal(actor, { type: 'message.delta', data });
    const { pace } = this.#parts;
    if (pace.now() - this.#copiedAt >= pace.checkpointMs) await this.copy();
  }

  /** Takes back what was said so far; the text begins again. */
  async restart(): Promise<void> {
    if (!this.#messageId || this.#isOver || this.#text === '') return;
    this.#text = '';
    const { conversationId, hub, actor } = this.#parts;
    const data = { conversationId, messageId: this.#messageId, partId, index: this.#index++, text: '' };
    await hub.signal(actor, { type: 'message.replaced', data });
  }

  /** Ends well: the text, then what belongs to it. */
  async complete(more: readonly Part[] = []): Promise<boolean> {
    if (!(await this.#begin())) return false;
    return this.#end({
      type: 'message.complete',
      conversationId: this.#parts.conversationId,
      data: { messageId: this.#messageId ?? '', parts: [this.#textPart(), ...more] },
    });
  }

  /** Ends because its producer cannot go on. */
  async fail(reason: string): Promise<boolean> {
    if (!(await this.#begin())) return false;
    return this.#end({
      type: 'message.fail',
      conversationId: this.#parts.conversationId,
      data: { messageId: this.#messageId ?? '', reason },
    });
  }

  async #begin(): Promise<boolean> {
    if (this.#isOver) return false;
    if (this.#messageId !== undefined) return true;
    const { outbox, conversationId, clientMessageId, pace } = this.#parts;
    const begun = await outbox.execute({
      type: 'message.send',
      conversationId,
      data: { clientMessageId, parts: [this.#textPart()], status: 'streaming' },
    });
    this.#messageId = 'result' in begun ? begun.result.messageId : undefined;
    this.#isOver = this.#messageId === undefined;
    this.#copiedAt = pace.now();
    return !this.#isOver;
  }

  /** Copies what was said so far to the log, so that whoever stops the message keeps it. */
  async copy(): Promise<void> {
    if (!this.#messageId || this.#isOver || this.#copied === this.#text) return;
    const { outbox, conversationId, pace } = this.#parts;
    this.#copiedAt = pace.now();
    this.#copied = this.#text;
    const data = {
      messageId: this.#messageId,
      parts: [this.#textPart()],
      nextIndexes: { [partId]: this.#index },
    };
    const copied = await outbox.execute({ type: 'message.checkpoint', conversationId, data });
    if ('problem' in copied) this.#isOver = true;
  }

  async #end(command: Command): Promise<boolean> {
    this.#isOver = true;
    return 'result' in (await this.#parts.outbox.execute(command));
  }

  #textPart(): TextPart {
    return { partId, type: 'text', format: 'markdown', text: this.#text };
  }
}
