export { ArticleIndex, type Evidence, type Hit } from './article-index.ts';
export { LONGEST_QUESTION, toQuestion, type Question } from './question.ts';
