import type { Bot } from '@sahay/bot';
import { makeProblem, parseStream, type LogEvent } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { ServerContext } from '../context.ts';
import type { Knowledge } from '../knowledge/index.ts';
import { answerMessage, stopping, type AnswerParts, type Work } from './answer-message.ts';
import { ChoiceReader } from './choices.ts';
import { handoffContextOf, questionBefore, readConversation } from './conversation-so-far.ts';
import { gentlePace, type Pace } from './pace.ts';
import { questionAnswered } from './question-answered.ts';
import { recover } from './recover.ts';
import type { StreamingMessage } from './streaming-message.ts';

/** What {@link createBotRuntime} needs beside the context. */
export interface BotRuntimeOptions {
  bot: Bot;
  knowledge: Knowledge;
  /** Tests own the time between the pieces of an answer. */
  pace?: Partial<Pace> | undefined;
}

/** The bot at work. */
export interface BotRuntime {
  /** Listens from now on, and takes up what the last process left undone. */
  start(): Promise<void>;
  /** Stops listening and lets go of what is being said; the next start answers it anew. */
  stop(): Promise<void>;
  /** Resolves once everything that was asked until now is answered. */
  idle(): Promise<void>;
}

type Context = Pick<ServerContext, 'store' | 'hub' | 'commands' | 'logger' | 'tenantId' | 'policy'>;
type Current = { abort: AbortController; streaming?: StreamingMessage | undefined };
type Lane = { waiting: Work[]; current?: Current | undefined; done: Promise<void> };

/**
 * Puts the bot to work: it answers visitors' messages, one conversation at a time in order, for as long as the bot has
 * control. A visitor who asks for a person by a button is told so by the transcript's notice and the window's
 * availability, not by the bot: control has passed with that very command.
 *
 * @example const runtime = createBotRuntime(ctx, { bot, knowledge }); await runtime.start();
 */
export function createBotRuntime(ctx: Context, options: BotRuntimeOptions): BotRuntime {
  return new Runtime(ctx, options);
}

/** Conversations remembered as not the bot's; beyond that they are looked up again. */
const mostSilent = 20_000;

class Runtime implements BotRuntime {
  readonly #ctx: Context;
  readonly #parts: AnswerParts | undefined;
  readonly #lanes = new Map<string, Lane>();
  /** Conversations that the log said are people's now: what is said there need not even be looked up. */
  readonly #silentIn = new Set<string>();
  #stopListening: (() => void) | undefined;

  constructor(ctx: Context, { bot, knowledge, pace }: BotRuntimeOptions) {
    this.#ctx = ctx;
    const { policy, tenantId } = ctx;
    const actor: Actor | undefined = policy.bot && { ...policy.bot, role: 'bot', tenantId };
    const choices = new ChoiceReader(knowledge.articles);
    this.#parts = actor && { ctx, bot, actor, choices, pace: { ...gentlePace, ...pace } };
  }

  async start(): Promise<void> {
    if (!this.#parts || this.#stopListening) return;
    this.#stopListening = this.#ctx.store.onCommitted((events) => {
      for (const event of events) this.#hear(event);
    });
    this.#guardCancel();
    this.#guardRegenerate();
    for (const work of await recover({ ctx: this.#ctx, actor: this.#parts.actor })) this.#enqueue(work);
  }

  async stop(): Promise<void> {
    this.#stopListening?.();
    this.#stopListening = undefined;
    for (const lane of this.#lanes.values()) {
      lane.waiting = [];
      lane.current?.abort.abort(stopping);
    }
    await this.idle();
  }

  async idle(): Promise<void> {
    while (this.#lanes.size > 0) await Promise.all([...this.#lanes.values()].map(({ done }) => done));
  }

  /** What the visitor has read already stays when she stops the answer: it is copied to the log before the command runs. */
  #guardCancel(): void {
    this.#ctx.commands.guard('message.cancel', async (_actor, command) => {
      const streaming = this.#lanes.get(command.conversationId ?? '')?.current?.streaming;
      if (command.type === 'message.cancel' && streaming?.messageId === command.data.messageId)
        await streaming.copy();
      return undefined;
    });
  }

  /** What answers no question, such as the greeting, cannot be answered again. */
  #guardRegenerate(): void {
    this.#ctx.commands.guard('message.regenerate', async ({ role }, command) => {
      if (role !== 'visitor' || command.type !== 'message.regenerate') return undefined;
      const { store } = this.#ctx;
      const { messageId } = command.data;
      const conversationId = command.conversationId ?? '';
      const message = await store.message(conversationId, messageId);
      if (message?.author.role !== 'bot' || (await questionAnswered(store, conversationId, messageId)))
        return undefined;
      return makeProblem(
        'invalid_command',
        'This is no answer to a question, so there is nothing to answer again.',
      );
    });
  }

  #hear(event: LogEvent): void {
    const address = parseStream(event.stream);
    // Whatever is public stands in the staff's stream once more.
    if (address?.kind !== 'conversation' || address.audience !== 'public') return;
    const conversationId = address.id;
    switch (event.type) {
      case 'message.created':
        if (event.data.message.author.role === 'visitor' && !this.#silentIn.has(conversationId))
          this.#enqueue({ kind: 'question', conversationId, messageId: event.data.message.id });
        break;
      case 'message.feedback_given':
        if (!event.data.helpful)
          this.#enqueue({ kind: 'feedback', conversationId, messageId: event.data.messageId });
        break;
      case 'message.superseded':
        this.#enqueue({ kind: 'again', conversationId, messageId: event.data.messageId });
        break;
      case 'assignment.changed':
        if (event.data.assignment.state === 'bot') this.#silentIn.delete(conversationId);
        else this.#fallSilent(conversationId);
        break;
      case 'message.cancelled':
        this.#lanes.get(conversationId)?.current?.abort.abort();
        break;
      case 'handoff.requested':
        if (
          event.data.handoff.requestedBy !== this.#parts?.actor.id &&
          event.data.handoff.reason !== 'transfer'
        )
          void this.#tellWhoTakesOver(conversationId, event.data.handoff.handoffId);
        break;
      default:
    }
  }

  #enqueue(work: Work): void {
    const { conversationId } = work;
    const held = this.#lanes.get(conversationId);
    if (held) return void held.waiting.push(work);
    const lane: Lane = { waiting: [work], done: Promise.resolve() };
    this.#lanes.set(conversationId, lane);
    lane.done = this.#workOff(conversationId, lane);
  }

  async #workOff(conversationId: string, lane: Lane): Promise<void> {
    if (!this.#parts) return;
    for (let work = lane.waiting.shift(); work; work = lane.waiting.shift()) {
      const abort = new AbortController();
      const current: Current = { abort };
      lane.current = current;
      try {
        await answerMessage(this.#parts, work, abort.signal, (streaming) => (current.streaming = streaming));
      } catch (error) {
        this.#ctx.logger.error(
          { err: error, conversationId },
          'The bot could not say that it could not answer.',
        );
      }
      lane.current = undefined;
    }
    this.#lanes.delete(conversationId);
  }

  #fallSilent(conversationId: string): void {
    if (this.#silentIn.size >= mostSilent) this.#silentIn.clear();
    this.#silentIn.add(conversationId);
    const lane = this.#lanes.get(conversationId);
    if (!lane) return;
    lane.waiting = [];
    // The bot's own handover ends its control too; what it says then is said.
    lane.current?.abort.abort();
  }

  /** When the visitor asks for a person, the bot knows better than she what that person should know. */
  async #tellWhoTakesOver(conversationId: string, handoffId: string): Promise<void> {
    try {
      const soFar = await readConversation(this.#ctx.store, conversationId);
      if (!soFar) return;
      const context = handoffContextOf(soFar, questionBefore(soFar, ''));
      const target = { kind: 'conversation', id: conversationId, audience: 'staff' } as const;
      await this.#ctx.store.append([{ type: 'handoff.context', target, data: { handoffId, context } }]);
    } catch (error) {
      this.#ctx.logger.error(
        { err: error, conversationId },
        'The context of a handover could not be stored.',
      );
    }
  }
}
