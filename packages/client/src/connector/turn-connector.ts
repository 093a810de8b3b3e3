import type { Capability, Message, Part, Welcome } from '@sahay/protocol';
import type { Delivery, LogConnector } from './log-connector.ts';

/** A piece of an answer as it comes. */
export type TurnPiece =
  /** A part begins, or is replaced whole (same `partId`). */
  | { type: 'part'; part: Part }
  /** Text appended to a text or reasoning part; an unknown `partId` begins a Markdown text part. */
  | { type: 'text-delta'; partId: string; text: string }
  /** A part is taken back, as when a step is tried again. */
  | { type: 'part-removed'; partId: string }
  /** The answer cannot be finished; `reason` is for people. */
  | { type: 'failed'; reason: string };

/** What a backend that answers may want to know beside the messages. */
export interface TurnContext {
  readonly conversationId: string;
  readonly locale: string;
  /** The id of the answer that the visitor wants another one for, as after a failure; the messages then end before it. */
  readonly instead?: string;
}

/** A backend without a log: it is given the conversation and answers. `turnConnector` makes a connector of it. */
export interface TurnBackend {
  readonly name: string;
  readonly delivery: Delivery;
  /** With `regenerate`, a failed answer has a button that asks for another one: `respond` is called again. */
  capabilities(): ReadonlySet<Capability>;
  welcome?(locale: string): Promise<Welcome>;
  /** Answers the last message. Throwing, or `failed`, ends the answer as failed; aborting `signal` cancels it. */
  respond(messages: readonly Message[], signal: AbortSignal, context: TurnContext): AsyncIterable<TurnPiece>;
}

/** A connector to a backend that answers, whose log the client keeps itself, in its storage. */
export interface TurnConnector extends LogConnector, Pick<TurnBackend, 'respond'> {}
