import type { Hit } from '../retrieval/article-index.ts';
import type { Question } from '../retrieval/question.ts';
import { logisticProbability, type LogisticModel } from './logistic.ts';

/** How sure the bot may be of what a search found. */
export interface RetrievalConfidence {
  /** Probability that the first article answers the question, 0 to 1. */
  readonly first: number;
  /** Probability that one of the first three does, 0 to 1; never less than `first`. */
  readonly anyOfThree: number;
}

/**
 * What the two models below look at: coverage, focus and likeness of the first article (see {@link Evidence}), its
 * lead over the second, and the number of telling words (one word alone rarely says enough).
 */
export function confidenceFeatures(question: Question, hits: readonly Hit[]): number[] {
  const [first, second] = hits;
  if (first === undefined) return [0, 0, 0, 0, 0];
  const lead = first.score === 0 ? 0 : (first.score - (second?.score ?? 0)) / first.score;
  const { coverage, focus, likeness } = first.evidence;
  return [coverage, focus, likeness, lead, Math.log(1 + question.terms.length)];
}

/**
 * Logistic models fitted by `bench/bot/fit-confidence.mjs` (logistic regression, after Platt 1999) on questions whose answer is
 * known: example phrasings held out of small knowledge bases, and questions about something else.
 */
const FIRST: LogisticModel = { intercept: -5.46, weights: [4.23, -1.06, 3.49, 2.24, 0.78] };
const ANY_OF_THREE: LogisticModel = { intercept: -4.05, weights: [4.13, -1.02, 4.58, 0.84, 0.54] };

/** The calibrated confidence of a search; zero when nothing was found. */
export function retrievalConfidence(question: Question, hits: readonly Hit[]): RetrievalConfidence {
  if (hits.length === 0) return { first: 0, anyOfThree: 0 };
  const features = confidenceFeatures(question, hits);
  const first = logisticProbability(FIRST, features);
  return { first, anyOfThree: Math.max(first, logisticProbability(ANY_OF_THREE, features)) };
}
