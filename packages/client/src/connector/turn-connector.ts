import type { Capability, Message, Part, Welcome } from '@sahay/protocol';
import type { Delivery } from './log-connector.ts';

/** A piece of an answer as it comes. */
export type TurnPiece =
  /** A part begins, or is replaced whole (same `partId`). */
  | { type: 'part'; part: Part }
  /** Text appended to a text or reasoning part; an unknown `partId` begins a Markdown text part. */
  | { type: 'text-delta'; partId: string; text: string }
  /** The answer cannot be finished; `reason` is for people. */
  | { type: 'failed'; reason: string };

/** What a turn connector may want to know beside the messages. */
export interface TurnContext {
  readonly conversationId: string;
  readonly locale: string;
}

/**
 * A backend without a log: it is given the conversation and answers. The client keeps the log itself, in its storage.
 *
 * @example
 * const echo: TurnConnector = {
 *   kind: 'turn', name: 'echo', delivery: 'at-most-once', capabilities: () => new Set(['streaming']),
 *   async *respond(messages) { yield { type: 'text-delta', partId: 'text', text: `You wrote ${messages.length} messages.` }; },
 * };
 */
export interface TurnConnector {
  readonly kind: 'turn';
  readonly name: string;
  readonly delivery: Delivery;
  capabilities(): ReadonlySet<Capability>;
  welcome?(locale: string): Promise<Welcome>;
  /** Answers the last message. Throwing, or `failed`, ends the answer as failed; aborting `signal` cancels it. */
  respond(messages: readonly Message[], signal: AbortSignal, context: TurnContext): AsyncIterable<TurnPiece>;
}
