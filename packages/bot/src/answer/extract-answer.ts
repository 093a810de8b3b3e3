import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Article, Section } from '../knowledge/article.ts';
import { plainText } from '../knowledge/plain-text.ts';
import type { ArticleIndex } from '../retrieval/article-index.ts';
import type { Question } from '../retrieval/question.ts';
import { terms } from '../text/terms.ts';
import { excerpt } from './excerpt.ts';
import type { Citation } from './outcome.ts';

/** How much better a later section must fit before it is quoted instead of the article's beginning. */
const CLEARLY_BETTER = 0.25;
const LONGEST_QUOTE = 200;

/** An answer in the article's own words. */
export interface ExtractedAnswer {
  readonly text: string;
  readonly citation: Citation;
}

function fit(section: Section, labels: readonly string[], question: Question, index: ArticleIndex): number {
  const shareOf = (text: string): number => {
    const held = new Set(terms(text, index.lang));
    return index.share(question, (term) => (held.has(term) ? 1 : 0));
  };
  const byLabel = Math.max(0, ...labels.map(shareOf));
  return 0.6 * byLabel + 0.4 * shareOf(section.text);
}

function bestSection(article: Article, question: Question, index: ArticleIndex): Section | undefined {
  const [lead, ...others] = article.sections;
  if (lead === undefined) return undefined;
  let best = {
    section: lead,
    fit: fit(lead, [article.title, lead.heading], question, index) + CLEARLY_BETTER,
  };
  for (const section of others) {
    const own = fit(section, [section.heading], question, index);
    if (own > best.fit) best = { section, fit: own };
  }
  return best.section;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/gu, '\\$&');
}

/** A passage as plain text on one line, cut after a word. */
export function quoteOf(markdown: string, lang: string): string {
  const text = plainText(fromMarkdown(markdown)).replace(/\s+/gu, ' ').trim();
  if (text.length <= LONGEST_QUOTE) return text;
  let end = 0;
  for (const { segment, index } of new Intl.Segmenter(lang, { granularity: 'word' }).segment(
    text.slice(0, 2 * LONGEST_QUOTE),
  )) {
    if (index + segment.length > LONGEST_QUOTE) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

export function citationOf(article: Article, quote: string): Citation {
  return {
    articleId: article.id,
    title: article.title,
    ...(article.url === undefined ? {} : { url: article.url }),
    quote,
  };
}

/**
 * Answers with the beginning of an article, or with the section that fits the question much better.
 *
 * @param question leave it out for the article's beginning
 */
export function extractAnswer(article: Article, index: ArticleIndex, question?: Question): ExtractedAnswer {
  const section = question === undefined ? article.sections[0] : bestSection(article, question, index);
  const passage = section === undefined ? '' : excerpt(section.markdown, article.lang);
  const isLead = section === undefined || section === article.sections[0] || section.heading === '';
  const text = isLead ? passage : `**${escapeMarkdown(section.heading)}**\n\n${passage}`;
  return {
    text: text || escapeMarkdown(article.title),
    citation: citationOf(article, quoteOf(passage, article.lang)),
  };
}
