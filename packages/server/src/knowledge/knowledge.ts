import type { Article } from '@sahay/bot';
import { readKnowledgeFolder } from '@sahay/bot/knowledge-node';
import { ConfigError } from '../config/config-error.ts';
import type { KnowledgeConfig } from '../config/server-config.ts';

/** An article as `GET /v1/articles/{id}` shows it. */
export interface ShownArticle {
  articleId: string;
  title: string;
  lang: string;
  /** Safe to show: no raw HTML and no template tags. */
  markdown: string;
  url?: string | undefined;
}

/** The knowledge base: help articles in one or more languages. */
export class Knowledge {
  readonly articles: readonly Article[];
  /** What is wrong with some of the articles, one sentence each that names file and line. */
  readonly warnings: readonly string[];
  readonly #byId: ReadonlyMap<string, Article>;

  constructor(articles: readonly Article[], warnings: readonly string[] = []) {
    this.articles = articles;
    this.warnings = warnings;
    this.#byId = new Map(articles.map((article) => [article.id, article]));
  }

  /** The languages of the articles, the one with most articles first. */
  get languages(): string[] {
    const counts = new Map<string, number>();
    for (const { lang } of this.articles) counts.set(lang, (counts.get(lang) ?? 0) + 1);
    return [...counts].sort(([, a], [, b]) => b - a).map(([lang]) => lang);
  }

  /** English where there are English articles, else the language of most. */
  get defaultLanguage(): string {
    const { languages } = this;
    return languages.includes('en') ? 'en' : (languages[0] ?? 'en');
  }

  /** An article by its id; in the reader's language, when the knowledge base has the same path in it. */
  article(id: string, locale?: string): ShownArticle | undefined {
    const article = this.#inLanguage(id, locale) ?? this.#byId.get(id);
    if (!article) return undefined;
    const markdown = article.sections
      .map(({ heading, markdown: text }) => (heading ? `## ${heading}\n\n${text}` : text))
      .join('\n\n');
    const { title, lang, url } = article;
    return { articleId: article.id, title, lang, markdown, ...(url && { url }) };
  }

  #inLanguage(id: string, locale: string | undefined): Article | undefined {
    const rest = id.slice(id.indexOf('/') + 1);
    if (!locale || rest === id) return undefined;
    return this.#byId.get(`${locale}/${rest}`) ?? this.#byId.get(`${languageOf(locale)}/${rest}`);
  }

  /**
   * Titles to offer before anything was asked: the shortest of different folders, questions first, none twice, in
   * the reader's language. None when no article is written in it.
   */
  suggestions(locale: string, most = 3): Article[] {
    const language = languageOf(locale);
    const byFolder = new Map<string, Article>();
    for (const article of this.articles) {
      if (languageOf(article.lang) !== language) continue;
      const folder = article.id.slice(0, Math.max(0, article.id.lastIndexOf('/')));
      const held = byFolder.get(folder);
      if (!held || bySuitability(article, held) < 0) byFolder.set(folder, article);
    }
    const best = [...byFolder.values()].sort(bySuitability);
    return best.filter(({ title }, at) => best.findIndex((one) => one.title === title) === at).slice(0, most);
  }
}

const isQuestion = ({ title }: Article): boolean => /[?؟]\s*$/.test(title);

const bySuitability = (a: Article, b: Article): number =>
  Number(isQuestion(b)) - Number(isQuestion(a)) || a.title.length - b.title.length;

const languageOf = (locale: string): string => locale.split('-')[0]?.toLowerCase() ?? locale;

/**
 * Reads the knowledge base. Broken articles become warnings; without a configured folder there are no articles.
 *
 * @throws ConfigError when somebody asked for this folder and it holds no article
 */
export async function loadKnowledge(config: KnowledgeConfig | undefined): Promise<Knowledge> {
  if (!config) return new Knowledge([]);
  const { articles, problems } = await readKnowledgeFolder(config.folder);
  if (articles.length === 0 && config.required)
    throw new ConfigError(
      `The knowledge base "${config.folder}" holds no article. Put Markdown files (*.md) with a title in it, or give another folder with --kb or SAHAY_KB.${firstOf(problems)}`,
    );
  return new Knowledge(articles, problems.map(sentenceOf));
}

type Problems = Awaited<ReturnType<typeof readKnowledgeFolder>>['problems'];

const firstOf = (problems: Problems): string => {
  const file = problems.find(({ path }) => path.endsWith('.md') || path.endsWith('.markdown'));
  return file ? ` The first problem found: ${sentenceOf(file)}` : '';
};

const sentenceOf = ({ path, line, message }: Problems[number]): string => {
  const place = line === undefined ? path : `${path}:${line}`;
  return message.startsWith(path) ? `${place}${message.slice(path.length)}` : `${place}: ${message}`;
};
