import type { Command, Part } from '@sahay/protocol';
import type { Clock } from '../clock.ts';
import type { TurnPiece } from '../connector/turn-connector.ts';

/** How often a growing answer is stored, in ms, and how often a silent one, as a sign of life. */
const checkpointMs = 1_000;
const signOfLifeMs = 5_000;

/** What an answer needs from those around it. */
export interface AnswerContext {
  conversationId: string;
  clock: Clock;
  newId: (prefix: string) => string;
  /** Gives a command as the bot; resolves with the id of the message it is about. */
  command: (command: Command) => Promise<string | undefined>;
  delta: (delta: { messageId: string; partId: string; index: number; text: string }) => void;
}

/** One answer: what the backend says becomes a message that streams, is stored as it grows, and ends. */
export class Answer {
  readonly #context: AnswerContext;
  readonly #parts: Part[] = [];
  readonly #indexes: Record<string, number> = {};
  #messageId: string | undefined;
  #cancel: (() => void) | undefined;
  #dirty = false;
  #storedAt = 0;

  constructor(context: AnswerContext) {
    this.#context = context;
  }

  get messageId(): string | undefined {
    return this.#messageId;
  }

  /** Takes up the pieces until they end. An aborted answer is left as it is: whoever aborted it says what becomes of it. */
  async run(pieces: AsyncIterable<TurnPiece>, signal: AbortSignal): Promise<void> {
    try {
      for await (const piece of pieces) {
        if (signal.aborted) return;
        if (piece.type === 'failed') return await this.#fail(piece.reason);
        await this.#take(piece);
      }
      if (signal.aborted) return;
      if (this.#parts.every((part) => part.type === 'text' && !part.text))
        return await this.#fail('The backend answered nothing.');
      await this.#do('message.complete', { parts: this.#parts });
    } catch (error) {
      if (!signal.aborted) await this.#fail(error instanceof Error ? error.message : String(error));
    } finally {
      this.#cancel?.();
      this.#cancel = undefined;
    }
  }

  /** The answer so far, as a checkpoint stores it. */
  get soFar(): { messageId: string; parts: Part[]; nextIndexes: Record<string, number> } {
    return { messageId: this.#messageId ?? '', parts: [...this.#parts], nextIndexes: { ...this.#indexes } };
  }

  /** Stores the answer so far. */
  async checkpoint(): Promise<void> {
    if (!this.#messageId) return;
    this.#dirty = false;
    this.#storedAt = this.#context.clock.now();
    await this.#do('message.checkpoint', this.soFar);
  }

  async #begin(): Promise<string> {
    if (this.#messageId) return this.#messageId;
    const { conversationId, command, newId, clock } = this.#context;
    this.#messageId = await command({
      type: 'message.send',
      conversationId,
      data: { clientMessageId: newId('c'), parts: [], status: 'streaming' },
    });
    this.#storedAt = clock.now();
    this.#tick();
    return this.#messageId ?? '';
  }

  async #take(piece: Exclude<TurnPiece, { type: 'failed' }>): Promise<void> {
    const messageId = await this.#begin();
    if (piece.type === 'part-removed') {
      const at = this.#parts.findIndex(({ partId }) => partId === piece.partId);
      if (at < 0) return;
      this.#parts.splice(at, 1);
      return this.checkpoint();
    }
    if (piece.type === 'part') {
      const index = this.#parts.findIndex((part) => part.partId === piece.part.partId);
      if (index < 0) this.#parts.push(piece.part);
      else this.#parts[index] = piece.part;
      // Only text travels in deltas: anything else is seen once it is stored.
      return this.checkpoint();
    }
    const { partId, text } = piece;
    const at = this.#parts.findIndex((part) => part.partId === partId);
    const part = this.#parts[at];
    if (!part) this.#parts.push({ partId, type: 'text', format: 'markdown', text });
    else if (part.type === 'text' || part.type === 'reasoning')
      this.#parts[at] = { ...part, text: part.text + text };
    const index = this.#indexes[partId] ?? 0;
    this.#indexes[partId] = index + 1;
    this.#dirty = true;
    this.#context.delta({ messageId, partId, index, text });
  }

  #tick(): void {
    const { clock } = this.#context;
    this.#cancel = clock.after(checkpointMs, () => {
      this.#tick();
      if (!this.#dirty && clock.now() - this.#storedAt < signOfLifeMs) return;
      // A checkpoint that cannot be stored is not the end: the next one, or the completion, carries everything.
      this.checkpoint().catch(() => (this.#dirty = true));
    });
  }

  async #fail(reason: string): Promise<void> {
    await this.#begin();
    await this.checkpoint();
    await this.#do('message.fail', { reason });
  }

  async #do(type: 'message.complete' | 'message.checkpoint' | 'message.fail', data: object): Promise<void> {
    const { conversationId, command } = this.#context;
    await command({ type, conversationId, data: { messageId: this.#messageId, ...data } } as Command);
  }
}
