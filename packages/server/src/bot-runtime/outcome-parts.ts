import { BOT_LOCALES, type Outcome } from '@sahay/bot';
import type { AnswerTrace, Part } from '@sahay/protocol';
import { choiceIdOf } from './choices.ts';
import { runtimeSentences, type RuntimeSentences } from './sentences.ts';

/** What follows the text of an outcome: its sources, or the options to choose from. */
export function partsAfter(outcome: Outcome): Part[] {
  switch (outcome.kind) {
    case 'answer':
      return outcome.citations.map(({ articleId, title, url, quote }, index) => ({
        partId: `source-${index + 1}`,
        type: 'citation',
        title,
        articleId,
        ...(url && { url }),
        ...(quote && { quote }),
      }));
    case 'choose':
      return [
        {
          partId: 'choices',
          type: 'quick_replies',
          options: outcome.options.map(({ label, value }) => ({ id: choiceIdOf(value), label })),
        },
      ];
    default:
      return [];
  }
}

/** What a trace names beside the outcome itself. */
export interface TraceOf {
  traceId: string;
  messageId?: string | undefined;
  questionMessageId: string;
  /** The question that people should read; for "that did not help" it is the one before. */
  question: string;
}

/** Why the bot answered as it did, as agents see it. */
export function traceOf(
  outcome: Outcome,
  { traceId, messageId, questionMessageId, question }: TraceOf,
): AnswerTrace {
  const { trace } = outcome;
  return {
    traceId,
    questionMessageId,
    question,
    language: trace.language,
    outcome: outcome.kind,
    confidence: trace.confidence,
    threshold: trace.threshold,
    matchedBy: trace.matchedBy,
    durationMs: Math.round(trace.durationMs),
    articles: trace.articles.map((article) => ({ ...article })),
    ...(messageId && { messageId }),
    ...(outcome.kind === 'handover' && { reason: outcome.reason }),
    ...(trace.writer && { model: trace.writer }),
    ...(trace.writerProblem && { note: trace.writerProblem }),
  };
}

/** The server's sentences in the language the bot has just spoken, else in the visitor's. */
export function sentencesFor(spoken: string, locale: string | undefined): RuntimeSentences {
  const found = runtimeSentences[languageFor(spoken, locale)];
  if (found) return found;
  throw new Error('The English sentences are missing. This is a defect of @sahay/server: please report it.');
}

/** The language of {@link sentencesFor}, one of those that are complete. */
export function languageFor(spoken: string, locale: string | undefined): string {
  const own = BOT_LOCALES.find(({ sentences }) => Object.values(sentences).includes(spoken))?.lang;
  return (
    [own, locale]
      .flatMap((tag) => (tag === undefined ? [] : [tag.split('-')[0] ?? tag]))
      .find((language) => Object.hasOwn(runtimeSentences, language)) ?? 'en'
  );
}
