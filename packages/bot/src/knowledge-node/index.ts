export {
  readKnowledgeFolder,
  type KnowledgeFolder,
  type ReadKnowledgeOptions,
} from './read-knowledge-folder.ts';
