import type { Article } from '../knowledge/article.ts';
import { BOT_LOCALES, type BotLocale } from '../locales/index.ts';
import { decide, type AnswerPlan, type DecisionMaterial, type Plan, type Thresholds } from './decide.ts';
import { citationOf, extractAnswer, quoteOf } from './extract-answer.ts';
import type { BotInput, HandoverReason, Outcome, Trace } from './outcome.ts';
import { WishRecogniser } from './recognise-wish.ts';
import { Shelves } from './shelves.ts';
import { GraphemeBuffer, textDeltas } from './text-deltas.ts';
import { WriterError, type AnswerWriter } from './writer.ts';

/** What a bot is made of. */
export interface BotOptions {
  /** What it answers from, of all languages; see `readKnowledgeFolder` and `parseArticle`. */
  readonly articles: readonly Article[];
  /** Language of visitors who do not say theirs; `en` unless told. */
  readonly defaultLanguage?: string;
  /** Both 0.5 unless told: the bot acts on what is more likely right than wrong. */
  readonly thresholds?: Partial<Thresholds>;
  /** Words answers instead of quoting; see `@sahay/bot/llm`. */
  readonly writer?: AnswerWriter;
  /** Further languages, or other sentences for those there are; the first locale of a language counts. */
  readonly locales?: readonly BotLocale[];
  /** Milliseconds on a clock that only goes forward; `performance.now` unless told. */
  readonly now?: () => number;
}

/**
 * What happens while the bot answers. `delta`: more text; `restart`: what was streamed so far is void, the text begins again;
 * `outcome`: always last, with the whole text.
 */
export type BotEvent =
  | { readonly type: 'delta'; readonly text: string }
  | { readonly type: 'restart'; readonly reason: string }
  | { readonly type: 'outcome'; readonly outcome: Outcome };

/** How one answer is asked for. */
export interface AnswerOptions {
  /** Stops the work; the promise or iteration then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Answers messages from its articles; holds nothing of a conversation, so one serves all of them. */
export interface Bot {
  /** Makes an outcome of a message. Rejects only with the reason of an aborted signal. */
  answer(input: BotInput, options?: AnswerOptions): Promise<Outcome>;
  /** The same, with the text as it comes about. No pace is kept: that is the caller's. */
  stream(input: BotInput, options?: AnswerOptions): AsyncIterable<BotEvent>;
}

type WriterNote = Pick<Trace, 'writer' | 'writerProblem'>;

const SENTENCES = {
  asked_for_person: 'askedForPerson',
  not_covered: 'notCovered',
  did_not_help: 'didNotHelp',
} as const satisfies Record<HandoverReason, string>;

class AnswerBot implements Bot {
  readonly #material: DecisionMaterial;
  readonly #writer: AnswerWriter | undefined;
  readonly #now: () => number;

  constructor(options: BotOptions) {
    const locales = [...(options.locales ?? []), ...BOT_LOCALES];
    const defaultLanguage = options.defaultLanguage ?? 'en';
    this.#material = {
      shelves: new Shelves(options.articles, defaultLanguage),
      wishes: new WishRecogniser(locales),
      locales,
      thresholds: { answer: 0.5, choose: 0.5, ...options.thresholds },
      defaultLanguage,
    };
    this.#writer = options.writer;
    this.#now = options.now ?? (() => performance.now());
  }

  async answer(input: BotInput, options: AnswerOptions = {}): Promise<Outcome> {
    let outcome: Outcome | undefined;
    for await (const event of this.stream(input, options)) {
      if (event.type === 'outcome') outcome = event.outcome;
    }
    if (outcome === undefined)
      throw new Error('The bot ended without an outcome. This is a defect of @sahay/bot: please report it.');
    return outcome;
  }

  async *stream(input: BotInput, options: AnswerOptions = {}): AsyncGenerator<BotEvent> {
    options.signal?.throwIfAborted();
    const started = this.#now();
    const plan = decide(input, this.#material);
    const trace = (kind: Outcome['kind'], note: WriterNote = {}): Trace => ({
      question: wellFormed(input.text.slice(0, 2000)),
      language: plan.language,
      outcome: kind,
      confidence: plan.confidence,
      threshold: this.#material.thresholds.answer,
      articles: plan.candidates.slice(0, 5).map(({ article, score, confidence }) => ({
        id: article.id,
        title: article.title,
        score,
        confidence,
      })),
      matchedBy: plan.matchedBy,
      ...note,
      durationMs: Math.max(0, this.#now() - started),
    });
    if (plan.kind !== 'answer') {
      yield* speak(wordPlan(plan, trace), options.signal);
      return;
    }
    let note: WriterNote = {};
    if (this.#writer !== undefined) {
      const result = yield* this.#write(this.#writer, plan, plan.locale.lang, input, options.signal);
      if ('outcome' in result) {
        yield {
          type: 'outcome',
          outcome: { ...result.outcome, trace: trace('answer', { writer: this.#writer.name }) },
        };
        return;
      }
      note = { writerProblem: result.problem };
      if (result.isNotCovered) {
        const text = plan.locale.sentences.notCovered;
        const outcome = {
          kind: 'handover',
          reason: 'not_covered',
          text,
          trace: trace('handover', note),
        } as const;
        yield* speak(outcome, options.signal);
        return;
      }
    }
    const article = plan.articles[0];
    if (article === undefined) throw new Error('An answer was planned without an article. Please report it.');
    const { text, citation } = extractAnswer(article, plan.shelf.index, plan.question);
    yield* speak(
      { kind: 'answer', text, citations: [citation], trace: trace('answer', note) },
      options.signal,
    );
  }

  /** Streams what the writer writes; tells why not when it fails, after taking back what was streamed. */
  async *#write(
    writer: AnswerWriter,
    plan: AnswerPlan,
    lang: string,
    input: BotInput,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<BotEvent, WriterResult> {
    const buffer = new GraphemeBuffer();
    const cited = new Set<string>();
    let text = '';
    let isStreamed = false;
    const request = { question: input.text, lang, articles: plan.articles, history: input.history ?? [] };
    try {
      for await (const event of writer.write(request, signal === undefined ? {} : { signal })) {
        signal?.throwIfAborted();
        if (event.type === 'cite') {
          cited.add(event.articleId);
          continue;
        }
        text += event.text;
        const delta = buffer.push(event.text);
        if (delta === '') continue;
        isStreamed = true;
        yield { type: 'delta', text: delta };
      }
      signal?.throwIfAborted();
      if (text.trim() === '') throw new WriterError('bad_reply', 'The writer sent an empty answer.');
    } catch (error) {
      signal?.throwIfAborted();
      const problem = error instanceof Error ? error.message : String(error);
      if (isStreamed) yield { type: 'restart', reason: problem };
      return { problem, isNotCovered: error instanceof WriterError && error.code === 'not_covered' };
    }
    const rest = buffer.flush();
    if (rest !== '') yield { type: 'delta', text: rest };
    const named = plan.articles.filter(({ id }) => cited.has(id));
    const citations = (named.length > 0 ? named : plan.articles.slice(0, 1)).map((article) =>
      citationOf(article, quoteOf(article.firstParagraph, article.lang)),
    );
    return { outcome: { kind: 'answer', text, citations } };
  }
}

type WriterResult =
  | { readonly outcome: { kind: 'answer'; text: string; citations: ReturnType<typeof citationOf>[] } }
  | { readonly problem: string; readonly isNotCovered: boolean };

function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/gu, '');
}

function wordPlan(plan: Exclude<Plan, AnswerPlan>, trace: (kind: Outcome['kind']) => Trace): Outcome {
  const { sentences } = plan.locale;
  switch (plan.kind) {
    case 'choose':
      return { kind: 'choose', text: sentences.choose, options: plan.options, trace: trace('choose') };
    case 'handover': {
      const text = sentences[SENTENCES[plan.reason]];
      return { kind: 'handover', reason: plan.reason, text, trace: trace('handover') };
    }
    case 'small_talk':
      return {
        kind: 'small_talk',
        topic: plan.topic,
        text: sentences[plan.topic],
        trace: trace('small_talk'),
      };
  }
}

function* speak(outcome: Outcome, signal: AbortSignal | undefined): Generator<BotEvent> {
  for (const text of textDeltas(outcome.text)) {
    signal?.throwIfAborted();
    yield { type: 'delta', text };
  }
  signal?.throwIfAborted();
  yield { type: 'outcome', outcome };
}

/**
 * Makes a bot out of articles. Trains and indexes at once: a few dozen articles take about a second, thousands of example phrasings
 * some ten seconds, so create it once and in a worker when there are many.
 *
 * @example
 * const bot = createBot({ articles });
 * const outcome = await bot.answer({ text: 'How do I change my password?', locale: 'en' });
 */
export function createBot(options: BotOptions): Bot {
  return new AnswerBot(options);
}
