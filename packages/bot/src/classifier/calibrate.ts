import { fitLogistic, logisticProbability, type LogisticModel } from '../confidence/logistic.ts';
import { trainLinearModel, type Example, type TrainingOptions } from './linear-model.ts';
import { matthewsCorrelation } from './matthews.ts';
import { seededRandom, shuffle } from './random.ts';

const FOLDS = 5;

/**
 * Held-out labels make up half of what is observed, and are closer to the taught ones than what visitors ask besides;
 * at a quarter of the weight they stand for one question in five. Chosen on clinc150's validation questions.
 */
const FOREIGN_WEIGHT = 0.25;
const NONE = '\u0000none';

/** What cross-validation on the training phrases taught about the margins. */
export interface Calibration {
  readonly model: LogisticModel;
  readonly threshold: number;
}

interface Observation {
  readonly margin: number;
  readonly truth: string;
  readonly said: string;
}

/** Which fold each of `count` things belongs to, shuffled and evenly. */
function folds(count: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  shuffle(order, random);
  const fold = new Int32Array(count);
  order.forEach((index, position) => (fold[index] = position % FOLDS));
  return fold;
}

/**
 * One round holds out a fifth of the phrases and, besides, all phrases of a fifth of the labels. The first stand for
 * questions the bot was taught, the second for questions about something else: the only out-of-scope questions
 * that can be had without being given any.
 */
function observe(examples: readonly Example[], rounds: number, options: TrainingOptions): Observation[] {
  const random = seededRandom(options.seed ?? 1);
  const labels = [...new Set(examples.map(({ label }) => label))];
  const observations: Observation[] = [];
  let phraseFold = folds(examples.length, random);
  let foldOfLabel = folds(labels.length, random);
  for (let round = 0; round < rounds; round += 1) {
    const fold = round % FOLDS;
    if (fold === 0 && round > 0) {
      phraseFold = folds(examples.length, random);
      foldOfLabel = folds(labels.length, random);
    }
    const foreign = new Set(labels.filter((_, at) => foldOfLabel[at] === fold));
    const isForeign = ({ label }: Example): boolean => foreign.has(label);
    const kept = examples.filter((example, at) => phraseFold[at] !== fold && !isForeign(example));
    const known = new Set(kept.map(({ label }) => label));
    if (known.size < 2) continue;
    const model = trainLinearModel(kept, options);
    examples.forEach((example, at) => {
      if (phraseFold[at] !== fold && !isForeign(example)) return;
      const margins = model.margins(example.text);
      observations.push({
        margin: margins[0]?.margin ?? -1,
        truth: known.has(example.label) ? example.label : NONE,
        said: margins[0]?.label ?? NONE,
      });
    });
  }
  return observations;
}

/** The confidence that parts taught questions from foreign ones best, measured by Matthews correlation. */
function bestThreshold(observations: readonly Observation[], model: LogisticModel): number {
  const truth = observations.map((observation) => observation.truth);
  const weights = truth.map((label) => (label === NONE ? FOREIGN_WEIGHT : 1));
  let best = { threshold: 0.5, quality: -1 };
  for (let threshold = 0.05; threshold < 0.96; threshold += 0.05) {
    const said = observations.map(({ margin, said: label }) =>
      logisticProbability(model, [margin]) >= threshold ? label : NONE,
    );
    const quality = matthewsCorrelation(truth, said, weights);
    if (quality > best.quality) best = { threshold, quality };
  }
  return best.threshold;
}

/** Few phrases train in no time but scatter much, so they are folded three times over. */
function defaultRounds(count: number): number {
  if (count > 5000) return 1;
  if (count > 1500) return 2;
  return count > 600 ? FOLDS : 3 * FOLDS;
}

/**
 * Learns from the training phrases alone what a margin is worth: Platt scaling (Platt 1999) of the best
 * margin, on phrases the model did not see, with whole labels held out as questions about something else.
 * With fewer than 20 phrases there is nothing to learn from, and a cautious fixed curve is used.
 */
export function calibrate(
  examples: readonly Example[],
  options: TrainingOptions & { readonly calibrationRounds?: number } = {},
): Calibration {
  const rounds = options.calibrationRounds ?? defaultRounds(examples.length);
  const observations = examples.length < 20 ? [] : observe(examples, rounds, options);
  if (observations.length < 20) return { model: { intercept: 0, weights: [4] }, threshold: 0.5 };
  const model = fitLogistic(
    observations.map(({ margin, truth, said }) => ({
      features: [margin],
      right: truth === said,
      weight: truth === NONE ? FOREIGN_WEIGHT : 1,
    })),
  );
  return { model, threshold: bestThreshold(observations, model) };
}
