import type { Bot, BotInput, Outcome } from '@sahay/bot';
import type { Message } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { ServerContext } from '../context.ts';
import type { ChoiceReader } from './choices.ts';
import {
  askedBefore,
  handoffContextOf,
  questionBefore,
  readConversation,
  textOf,
  traceOfMessage,
  turnsBefore,
  type ConversationSoFar,
} from './conversation-so-far.ts';
import { NumberedOutbox } from './numbered-outbox.ts';
import { languageFor, partsAfter, sentencesFor, traceOf } from './outcome-parts.ts';
import type { Pace } from './pace.ts';
import { NotOurTurn, PiecesInTime } from './pieces-in-time.ts';
import { whoIsHere } from './sentences.ts';
import { questionAnswered } from './question-answered.ts';
import { StreamingMessage } from './streaming-message.ts';

/** What answering needs. */
export interface AnswerParts {
  ctx: Pick<ServerContext, 'store' | 'hub' | 'logger'>;
  bot: Bot;
  actor: Actor;
  choices: ChoiceReader;
  pace: Pace;
}

/** What is being said now, so that others can make sure of it. */
export type OnStreaming = (message: StreamingMessage) => void;

/** One thing to say something about: a message of the visitor's, or her word that an answer did not help. */
export type Work =
  | { kind: 'question'; conversationId: string; messageId: string }
  | { kind: 'feedback'; conversationId: string; messageId: string }
  /** `messageId` is the answer that another one is wanted for. */
  | { kind: 'again'; conversationId: string; messageId: string };

/**
 * Says what the bot has to say, once, and hands over when it must. The trace is stored before the message ends: whoever
 * finds a handover's trace without its handoff after a crash knows what is left to do.
 */
export async function answerMessage(
  parts: AnswerParts,
  work: Work,
  signal: AbortSignal,
  onStreaming: OnStreaming,
): Promise<void> {
  const { ctx, actor } = parts;
  // Much is said in conversations that people have: that it is not the bot's turn must cost next to nothing.
  const conversation = await ctx.store.conversation(work.conversationId);
  if (!conversation || !isBotsTurn({ conversation }, actor)) return;
  const soFar = await readConversation(ctx.store, work.conversationId);
  const message = soFar && (await messageOf(parts, soFar, work));
  if (!soFar || !message || !isBotsTurn(soFar, actor)) return;
  const before = attemptsAt(soFar, work);
  if (before.some(({ status }) => status !== 'failed')) return;
  const name = `${prefixOf(work)}${before.length + 1}`;
  const outbox = new NumberedOutbox(ctx.store, actor, `bot.${name}`);
  const { conversationId } = work;
  const streaming = new StreamingMessage({
    ...parts,
    hub: ctx.hub,
    outbox,
    conversationId,
    clientMessageId: name,
  });
  onStreaming(streaming);
  const stopTyping = await showTyping(parts, conversationId);
  try {
    const outcome = await say(parts, inputOf(parts, soFar, work, message), streaming, soFar, signal);
    warnOfWriter(parts, outcome, conversationId);
    const question = questionOf(soFar, work, message, outcome);
    const { messageId } = streaming;
    const trace = traceOf(outcome, { traceId: name, messageId, questionMessageId: message.id, question });
    accepted(await outbox.execute({ type: 'answer.trace', conversationId, data: { trace } }));
    if (!(await streaming.complete(partsAfter(outcome)))) throw new NotOurTurn();
    if (outcome.kind === 'handover')
      accepted(
        await outbox.execute({
          type: 'handoff.request',
          conversationId,
          data: { reason: outcome.reason, context: handoffContextOf(soFar, question) },
        }),
      );
  } catch (error) {
    await breakOff(parts, streaming, soFar, error, signal);
  } finally {
    await stopTyping();
  }
}

/** The bot's part of a conversation that is open and its own to answer. */
const isBotsTurn = ({ conversation }: Pick<ConversationSoFar, 'conversation'>, actor: Actor): boolean =>
  conversation.status === 'open' &&
  conversation.assignment.state === 'bot' &&
  conversation.assignment.controlledBy === actor.id;

async function messageOf(
  { ctx }: AnswerParts,
  { messages }: ConversationSoFar,
  { kind, conversationId, messageId }: Work,
): Promise<Message | undefined> {
  if (kind === 'again') return questionAnswered(ctx.store, conversationId, messageId);
  return messages.find(({ id }) => id === messageId) ?? ctx.store.message(conversationId, messageId);
}

/** The attempts that stand in the log already: a failed one may be followed by another, any other settles the matter. */
const attemptsAt = ({ messages }: ConversationSoFar, work: Work): Message[] =>
  messages.filter(({ clientMessageId }) => clientMessageId?.startsWith(prefixOf(work)));

const prefixOf = ({ kind, messageId }: Work): string => `${kind}.${messageId}.`;

function inputOf({ choices }: AnswerParts, soFar: ConversationSoFar, work: Work, message: Message): BotInput {
  const { locale } = soFar.conversation;
  if (work.kind === 'feedback') return { text: '', value: 'did-not-help', ...(locale && { locale }) };
  const text = textOf(message);
  const value = choices.valueOf(text, askedBefore(soFar, message.id));
  return {
    text,
    history: turnsBefore(soFar, message.id),
    ...(locale && { locale }),
    ...(value && { value }),
  };
}

/** What people should read as the question: the words themselves, unless they only say that something did not help. */
function questionOf(soFar: ConversationSoFar, work: Work, message: Message, outcome: Outcome): string {
  if (work.kind === 'feedback')
    return (
      traceOfMessage(soFar, message.id)?.question ??
      questionBefore(soFar, message.id) ??
      outcome.trace.question
    );
  const isAboutTheOneBefore =
    outcome.kind === 'handover' && (outcome.reason !== 'not_covered' || outcome.trace.matchedBy === 'choice');
  return (
    (isAboutTheOneBefore ? questionBefore(soFar, message.id) : undefined) ?? textOf(message).slice(0, 2000)
  );
}

/** Streams an outcome's text at the given pace, and after a handover says truthfully whether somebody is here. */
async function say(
  parts: AnswerParts,
  input: BotInput,
  streaming: StreamingMessage,
  { conversation }: ConversationSoFar,
  signal: AbortSignal,
): Promise<Outcome> {
  const { bot, pace, ctx } = parts;
  const pieces = new PiecesInTime(streaming, pace, signal);
  let outcome: Outcome | undefined;
  for await (const event of bot.stream(input, { signal })) {
    if (event.type === 'delta') await pieces.push(event.text);
    else if (event.type === 'restart') await pieces.restart();
    else outcome = event.outcome;
  }
  if (!outcome) throw new Error('The bot ended without an outcome.');
  if (outcome.kind === 'handover') {
    const { locale } = conversation;
    const sentences = sentencesFor(outcome.text, locale);
    const said = whoIsHere(ctx.hub.availability(), sentences, languageFor(outcome.text, locale));
    for (const word of `\n\n${said}`.split(/(?<=\s)/u)) await pieces.push(word);
  }
  await pieces.finish();
  return outcome;
}

/** Ends what was begun: by a person's taking over with what was said so far, by an error as failed. */
async function breakOff(
  { ctx }: AnswerParts,
  streaming: StreamingMessage,
  { conversation }: ConversationSoFar,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  const { failed } = sentencesFor('', conversation.locale);
  if (signal.aborted || error instanceof NotOurTurn) {
    // A server that stops leaves the message open: the next start fails it and answers anew.
    if (signal.reason === stopping || streaming.isOver || streaming.messageId === undefined) return;
    await streaming.complete();
    return;
  }
  ctx.logger.error({ err: error, conversationId: conversation.id }, 'The bot could not answer.');
  await streaming.fail(failed);
}

/** The reason of an abort because the server stops. */
export const stopping = new Error('The server stops.');

function accepted(outcome: Awaited<ReturnType<NumberedOutbox['execute']>>): void {
  if ('result' in outcome) return;
  if (['not_controller', 'conversation_closed', 'message_not_found'].includes(outcome.problem.code))
    throw new NotOurTurn();
  throw new Error(
    `A command of the bot's was refused: ${outcome.problem.code}, ${outcome.problem.detail ?? ''}`,
  );
}

/** Visitors get the article's words, and nobody would hear of an LLM that has been down for days, or whose key ran out. */
function warnOfWriter({ ctx }: AnswerParts, { kind, trace }: Outcome, conversationId: string): void {
  if (kind !== 'answer' || trace.writerProblem === undefined) return;
  ctx.logger.warn(
    { conversationId, problem: trace.writerProblem },
    'The LLM worded no answer, so the article was quoted.',
  );
}

/** A sign of typing holds for ten seconds, and an LLM may think for longer before its first word. */
const typingForMs = 10_000;
const typingAgainMs = 5_000;

async function showTyping({ ctx, actor, pace }: AnswerParts, conversationId: string) {
  const typing = (active: boolean): Promise<void> => {
    const about = { conversationId, participantId: actor.id, active };
    const data = { ...about, ...(active && { expiresInMs: typingForMs }) };
    return ctx.hub.signal(actor, { type: 'typing', data });
  };
  await typing(true);
  const stop = pace.every(typingAgainMs, () => {
    typing(true).catch((error: unknown) =>
      ctx.logger.warn({ err: error, conversationId }, 'That the bot is writing could not be shown.'),
    );
  });
  return () => {
    stop();
    return typing(false);
  };
}
