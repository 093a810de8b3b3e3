export { trainClassifier, type Classifier, type ClassifierOptions, type Prediction } from './classifier.ts';
export type { Example, TrainingOptions } from './linear-model.ts';
export { matthewsCorrelation } from './matthews.ts';
