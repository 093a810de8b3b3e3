import { WriterError, type AnswerWriter, type WriteRequest, type WriterEvent } from '../answer/writer.ts';
import { CitationMarks, type MarkedPiece } from './citation-marks.ts';
import { requestCompletion, type CompletionsEndpoint } from './request-completion.ts';
import { buildPrompt, NO_ANSWER } from './prompt.ts';

/** Which endpoint writes, and how much. */
export interface ChatCompletionsOptions extends CompletionsEndpoint {
  /** Tokens an answer may have; 600 unless told. */
  readonly maxTokens?: number;
}

/** Longer than any answer asked for; a model that never stops is stopped. */
const LONGEST_ANSWER = 8000;

function toEvent(piece: MarkedPiece, { articles }: WriteRequest): WriterEvent[] {
  if ('text' in piece) return [{ type: 'text', text: piece.text }];
  const article = articles[piece.cited - 1];
  return article === undefined ? [] : [{ type: 'cite', articleId: article.id }];
}

/**
 * Writes answers with an LLM behind any OpenAI-compatible `/chat/completions` endpoint, from the articles the bot
 * found and nothing else. When it fails, the bot answers in the article's own words and says why in the trace.
 *
 * @throws TypeError when `url` is no http(s) address
 * @example
 * const writer = createChatCompletionsWriter({ url: 'http://localhost:11434/v1/chat/completions', model: 'llama3.1' });
 * const bot = createBot({ articles, writer });
 */
export function createChatCompletionsWriter(options: ChatCompletionsOptions): AnswerWriter {
  if (!URL.canParse(options.url) || !/^https?:$/u.test(new URL(options.url).protocol)) {
    throw new TypeError(
      `The LLM's address "${options.url}" is no http(s) URL. Give the whole address, such as https://llm.example.com/v1/chat/completions.`,
    );
  }
  return {
    name: options.model,
    async *write(request, { signal }) {
      const messages = buildPrompt(request);
      const parameters = { max_tokens: options.maxTokens ?? 600, temperature: 0.2 };
      const marks = new CitationMarks();
      let opening: string | undefined = '';
      let length = 0;
      for await (const text of requestCompletion(options, messages, parameters, signal)) {
        length += text.length;
        if (length > LONGEST_ANSWER)
          throw new WriterError('bad_reply', `The LLM wrote more than ${LONGEST_ANSWER} characters.`);
        let ready = text;
        if (opening !== undefined) {
          // Nothing is shown while the answer may still turn out to be the word that says there is none.
          opening += text;
          const start = opening.trimStart();
          if (NO_ANSWER.startsWith(start.slice(0, NO_ANSWER.length))) continue;
          ready = opening;
          opening = undefined;
        }
        for (const piece of marks.push(ready)) yield* toEvent(piece, request);
      }
      if (opening !== undefined) {
        const isNoAnswer = opening.trim().startsWith(NO_ANSWER);
        if (isNoAnswer) throw new WriterError('not_covered', 'The LLM found no answer in the articles.');
        for (const piece of marks.push(opening)) yield* toEvent(piece, request);
      }
      for (const piece of marks.flush()) yield* toEvent(piece, request);
    },
  };
}
