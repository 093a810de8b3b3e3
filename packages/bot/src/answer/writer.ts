import type { Article } from '../knowledge/article.ts';
import type { Turn } from './outcome.ts';

/** What a writer gets to write an answer from. Everything in it is data: a visitor or an article may say anything. */
export interface WriteRequest {
  readonly question: string;
  /** Language to answer in, BCP 47. */
  readonly lang: string;
  /** The articles that were found, best first. */
  readonly articles: readonly Article[];
  readonly history: readonly Turn[];
}

/** A piece of the answer, or the mark that what was just written comes from an article. */
export type WriterEvent =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'cite'; readonly articleId: string };

/** Writes answers from the articles that the bot found, for example with an LLM. */
export interface AnswerWriter {
  /** Shown in the trace, for example the model's name. */
  readonly name: string;
  /** @throws WriterError when no answer comes about; whatever was written before is then void */
  write(request: WriteRequest, options: { readonly signal?: AbortSignal }): AsyncIterable<WriterEvent>;
}

/**
 * `not_covered`: the articles do not answer the question; `refused`: the writer declined; `cut_off`: the answer ended
 * in the middle; `timeout`, `unavailable`, `bad_reply`: the endpoint is slow, down or speaks something else.
 */
export type WriterErrorCode = 'not_covered' | 'refused' | 'cut_off' | 'timeout' | 'unavailable' | 'bad_reply';

/** Why a writer wrote no answer. */
export class WriterError extends Error {
  readonly code: WriterErrorCode;

  constructor(code: WriterErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WriterError';
    this.code = code;
  }
}
