export { Knowledge, loadKnowledge, type ShownArticle } from './knowledge.ts';
