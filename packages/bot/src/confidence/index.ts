export { calibrationError, type Judgement } from './calibration-error.ts';
export { fitLogistic, logisticProbability, type LogisticExample, type LogisticModel } from './logistic.ts';
export { confidenceFeatures, retrievalConfidence, type RetrievalConfidence } from './retrieval-confidence.ts';
