import { trainClassifier, type Classifier } from '../classifier/index.ts';
import { retrievalConfidence } from '../confidence/retrieval-confidence.ts';
import type { Article } from '../knowledge/article.ts';
import { ArticleIndex, type Evidence } from '../retrieval/article-index.ts';
import { toQuestion, type Question } from '../retrieval/question.ts';
import { words } from '../text/words.ts';

/** An article that may be meant, with the probability that it is. */
export interface Candidate {
  readonly article: Article;
  readonly score: number;
  readonly confidence: number;
  /** What the search measured; missing when only the classifier named the article. */
  readonly evidence?: Evidence;
}

/** What one language's articles have to say to a question. */
export interface Finding {
  readonly shelf: Shelf;
  readonly question: Question;
  /** Best first. */
  readonly candidates: readonly Candidate[];
  readonly matchedBy: 'exact' | 'phrasing' | 'retrieval' | 'none';
  /** Probability that one of the first three is meant. */
  readonly anyOfThree: number;
}

/** Fewer example phrasings than this teach a classifier nothing the search does not know. */
const FEWEST_PHRASINGS = 20;
/** Word for word what an editor wrote. */
const EXACT = 0.99;

function phrasingKey(text: string): string {
  return words(text).join(' ');
}

/** The articles of one language, with all that is needed to find one of them. */
export class Shelf {
  readonly lang: string;
  readonly index: ArticleIndex;
  readonly #articles: ReadonlyMap<string, Article>;
  readonly #classifier: Classifier | undefined;
  readonly #exact = new Map<string, Set<Article>>();

  constructor(articles: readonly Article[], lang: string) {
    this.lang = lang;
    this.index = new ArticleIndex(articles, lang);
    this.#articles = new Map(articles.map((article) => [article.id, article]));
    const examples = articles.flatMap((article) =>
      [article.title, ...article.phrasings].map((text) => ({ text, label: article.id })),
    );
    for (const { text, label } of examples) {
      const key = phrasingKey(text);
      const article = this.#articles.get(label);
      if (article === undefined || key === '') continue;
      this.#exact.set(key, (this.#exact.get(key) ?? new Set()).add(article));
    }
    const phrasings = examples.length - articles.length;
    this.#classifier =
      phrasings >= FEWEST_PHRASINGS && articles.length > 1 ? trainClassifier(examples) : undefined;
  }

  article(id: string): Article | undefined {
    return this.#articles.get(id);
  }

  /** Finds what a text may be about. Candidates of the search and of the classifier compete by calibrated confidence. */
  find(text: string): Finding {
    const question = toQuestion(text, this.lang);
    const hits = this.index.search(question);
    const { first, anyOfThree } = retrievalConfidence(question, hits);
    const rest = hits.slice(1, 3).reduce((sum, hit) => sum + hit.score, 0);
    const found = new Map<string, Candidate>();
    hits.forEach((hit, at) => {
      const share = at === 0 || at > 2 ? 0 : ((anyOfThree - first) * hit.score) / rest;
      const confidence = at === 0 ? first : Math.min(first, share);
      found.set(hit.article.id, { ...hit, confidence });
    });
    const exact = this.#exact.get(question.words.join(' '));
    if (exact !== undefined) {
      const confidence = EXACT / exact.size;
      for (const article of exact)
        found.set(article.id, { article, score: found.get(article.id)?.score ?? 0, confidence });
      return this.#finding(question, found, 'exact', EXACT);
    }
    const predictions = this.#classifier?.predict(text) ?? [];
    const taught = predictions[0];
    if (taught === undefined || taught.confidence <= first) {
      return this.#finding(question, found, hits.length === 0 ? 'none' : 'retrieval', anyOfThree);
    }
    for (const { label, confidence } of predictions.slice(0, 5)) {
      const article = this.#articles.get(label);
      const known = found.get(label);
      if (article === undefined || confidence <= (known?.confidence ?? 0)) continue;
      found.set(label, { article, score: known?.score ?? 0, confidence });
    }
    return this.#finding(question, found, 'phrasing', Math.max(anyOfThree, taught.confidence));
  }

  #finding(
    question: Question,
    found: ReadonlyMap<string, Candidate>,
    matchedBy: Finding['matchedBy'],
    anyOfThree: number,
  ): Finding {
    const candidates = [...found.values()].sort((a, b) => b.confidence - a.confidence || b.score - a.score);
    return { shelf: this, question, candidates, matchedBy, anyOfThree };
  }
}
