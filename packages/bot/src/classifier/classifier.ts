import { logisticProbability } from '../confidence/logistic.ts';
import { calibrate, type Calibration } from './calibrate.ts';
import { trainLinearModel, type Example, type TrainingOptions } from './linear-model.ts';

/** A label with the probability that it is the right one. */
export interface Prediction {
  readonly label: string;
  readonly confidence: number;
}

export interface Classifier {
  readonly labels: readonly string[];
  /**
   * The confidence under which a text is better taken as none of the labels, chosen on training phrases alone.
   */
  readonly threshold: number;
  /** Every label, best first; confidences add up to at most 1, the rest is "none of them". */
  predict(text: string): Prediction[];
}

export interface ClassifierOptions extends TrainingOptions {
  /** How many cross-validation rounds to run; by default 15 for few phrases, 1 for many thousands. */
  readonly calibrationRounds?: number;
}

/** Shares what the first label leaves among the others in proportion to e^(3 · margin). */
function toPredictions(
  margins: readonly { label: string; margin: number }[],
  calibration: Calibration,
): Prediction[] {
  const best = margins[0];
  if (best === undefined) return [];
  const first = logisticProbability(calibration.model, [best.margin]);
  const shares = margins.slice(1).map(({ margin }) => Math.exp(3 * (margin - best.margin)));
  const whole = 1 + shares.reduce((sum, share) => sum + share, 0);
  return [
    { label: best.label, confidence: first },
    ...margins.slice(1).map(({ label }, at) => ({
      label,
      // A runner-up is never surer than the winner, and winner and runners-up together never pass 1.
      confidence: Math.min(first, 1 - first) * ((shares[at] as number) / whole),
    })),
  ];
}

/**
 * Trains a text classifier with calibrated confidences; the same examples, order and seed give the same classifier.
 *
 * @example
 * const classifier = trainClassifier([{ text: 'where is my card', label: 'card-arrival' }, ...]);
 * classifier.predict('my card has not come')[0]; // { label: 'card-arrival', confidence: 0.93 }
 */
export function trainClassifier(examples: readonly Example[], options: ClassifierOptions = {}): Classifier {
  const model = trainLinearModel(examples, options);
  const calibration = calibrate(examples, options);
  return {
    labels: model.labels,
    threshold: calibration.threshold,
    predict: (text) => toPredictions(model.margins(text), calibration),
  };
}
