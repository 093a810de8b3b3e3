export type { Article, ArticleFile, KnowledgeProblem, ParsedArticle, Section } from './article.ts';
export { LONGEST_ARTICLE, parseArticle, type ParseArticleOptions } from './parse-article.ts';
