// What the benchmark measures below the bot itself; not part of what applications may rely on.
export { matthewsCorrelation, trainClassifier } from './classifier/index.ts';
export {
  calibrationError,
  confidenceFeatures,
  fitLogistic,
  logisticProbability,
  retrievalConfidence,
} from './confidence/index.ts';
export { ArticleIndex, toQuestion } from './retrieval/index.ts';
