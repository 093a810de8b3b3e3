import MiniSearch from 'minisearch';
import type { Article } from '../knowledge/article.ts';
import { terms } from '../text/terms.ts';
import { words } from '../text/words.ts';
import { GramIndex, type GramEntry } from './gram-index.ts';
import type { Question } from './question.ts';

/** What was measured about an article for a question; each between 0 and 1. */
export interface Evidence {
  /** Share of the question's terms, weighted by rarity, that the article holds. */
  readonly coverage: number;
  /** The same for the single title, phrasing or heading that holds most of them. */
  readonly focus: number;
  /** Likeness of the question to the nearest title, phrasing or heading by character n-grams. */
  readonly likeness: number;
}

/** An article that may answer the question. Scores compare within one search only. */
export interface Hit {
  readonly article: Article;
  readonly score: number;
  readonly evidence: Evidence;
}

interface Entry {
  readonly article: Article;
  readonly all: ReadonlySet<string>;
  readonly labels: readonly ReadonlySet<string>[];
}

/** How much fields count; an editor's own words for the question count most. */
const BOOST = { title: 4, phrasings: 4, headings: 2, first: 2, body: 1 };

/** How much a title's look counts beside the words found anywhere; chosen on held-out phrasings. */
const LIKENESS_WEIGHT = 1;

/** A term found only in a similar spelling is worth less than the term itself. */
const NEAR_MATCH = 0.6;

function labelsOf(article: Article): { text: string; weight: number }[] {
  const headings = article.sections.map(({ heading }) => heading).filter((heading) => heading !== '');
  return [
    { text: article.title, weight: 1 },
    ...article.phrasings.map((text) => ({ text, weight: 1 })),
    ...headings.map((text) => ({ text, weight: 0.85 })),
  ];
}

/** Searches the articles of one language: BM25+ over stems in weighted fields, with character n-grams of titles. */
export class ArticleIndex {
  readonly lang: string;
  readonly #entries: readonly Entry[];
  readonly #search: MiniSearch;
  readonly #grams: GramIndex;
  readonly #frequency = new Map<string, number>();

  constructor(articles: readonly Article[], lang: string) {
    this.lang = lang;
    const bodies = articles.map((article) => article.sections.map(({ text }) => text).join('\n'));
    this.#entries = articles.map((article, at) => {
      const labels = labelsOf(article).map(({ text }) => new Set(terms(text, lang)));
      const body = terms(bodies[at] ?? '', lang);
      return { article, labels, all: new Set([...labels.flatMap((label) => [...label]), ...body]) };
    });
    for (const { all } of this.#entries) {
      for (const term of all) this.#frequency.set(term, (this.#frequency.get(term) ?? 0) + 1);
    }
    const grams = articles.flatMap((article, owner): GramEntry[] =>
      labelsOf(article).map(({ text, weight }) => ({ owner, words: words(text), weight })),
    );
    this.#grams = new GramIndex(grams);
    this.#search = new MiniSearch({
      fields: Object.keys(BOOST),
      tokenize: (text) => terms(text, lang),
      processTerm: (term) => term,
    });
    this.#search.addAll(
      articles.map((article, id) => ({
        id,
        title: article.title,
        phrasings: article.phrasings.join('\n'),
        headings: article.sections.map(({ heading }) => heading).join('\n'),
        first: article.firstParagraph,
        body: bodies[id] ?? '',
      })),
    );
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Rarity of a term: BM25's inverse document frequency (Robertson & Zaragoza 2009), never negative. */
  rarity(term: string): number {
    const found = this.#frequency.get(term) ?? 0;
    return Math.log(1 + (this.#entries.length - found + 0.5) / (found + 0.5));
  }

  /** The share of the question's terms, weighted by rarity, that `holds` says is there; `holds` gives 0 to 1. */
  share(question: Question, holds: (term: string) => number): number {
    let whole = 0;
    let held = 0;
    for (const term of question.terms) {
      const rarity = this.rarity(term);
      whole += rarity;
      held += rarity * holds(term);
    }
    return whole === 0 ? 0 : held / whole;
  }

  /** The articles that have anything in common with the question, best first. */
  search(question: Question): Hit[] {
    const found = this.#search.search(question.terms.join(' '), {
      boost: BOOST,
      tokenize: (text) => text.split(' '),
      prefix: (term) => Array.from(term).length >= 4,
      fuzzy: (term) => (Array.from(term).length >= 5 ? 0.2 : false),
      maxFuzzy: 2,
      weights: { fuzzy: 0.3, prefix: 0.3 },
    });
    const strongest = found[0]?.score ?? 1;
    const likeness = this.#grams.likeness(question.words);
    const scores = new Map<number, { words: number; near: ReadonlySet<string> }>();
    for (const { id, score, queryTerms } of found) {
      scores.set(Number(id), { words: score / strongest, near: new Set(queryTerms) });
    }
    for (const id of likeness.keys()) if (!scores.has(id)) scores.set(id, { words: 0, near: new Set() });
    return [...scores]
      .map(([id, { words: byWords, near }]) => this.#hit(id, question, byWords, near, likeness.get(id) ?? 0))
      .filter((hit) => hit !== undefined)
      .sort((a, b) => b.score - a.score);
  }

  #hit(
    id: number,
    question: Question,
    byWords: number,
    near: ReadonlySet<string>,
    likeness: number,
  ): Hit | undefined {
    const entry = this.#entries[id];
    if (entry === undefined) return undefined;
    const holds = (held: ReadonlySet<string>) => (term: string) => (held.has(term) ? 1 : 0);
    return {
      article: entry.article,
      score: byWords + LIKENESS_WEIGHT * likeness,
      evidence: {
        coverage: this.share(question, (term) => (entry.all.has(term) ? 1 : near.has(term) ? NEAR_MATCH : 0)),
        focus: entry.labels.reduce((best, label) => Math.max(best, this.share(question, holds(label))), 0),
        likeness,
      },
    };
  }
}
