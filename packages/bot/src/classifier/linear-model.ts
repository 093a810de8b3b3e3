import { learnFeatures, type FeatureSpace } from './features.ts';
import { dot } from './sparse-vector.ts';
import { trainSeparator, type Separator } from './train-separator.ts';

/** A phrase and the label it stands for. */
export interface Example {
  readonly text: string;
  readonly label: string;
}

/** How far a text lies on the label's side; positive means the label claims it. */
export interface Margin {
  readonly label: string;
  readonly margin: number;
}

export interface LinearModel {
  readonly labels: readonly string[];
  /** Every label with its margin, best first. */
  margins(text: string): Margin[];
}

export interface TrainingOptions {
  /** Cost of a training phrase on the wrong side; 0.5 unless told. */
  readonly cost?: number;
  /** Seed of the order in which phrases are visited; the same seed gives the same model. */
  readonly seed?: number;
}

/** Trains one separator per label against all other labels over word and character n-grams. */
export function trainLinearModel(examples: readonly Example[], options: TrainingOptions = {}): LinearModel {
  const { cost = 0.5, seed = 1 } = options;
  const space: FeatureSpace = learnFeatures(examples.map(({ text }) => text));
  const vectors = examples.map(({ text }) => space.transform(text));
  const labels = [...new Set(examples.map(({ label }) => label))];
  const separators: Separator[] = labels.map((label, at) =>
    trainSeparator(vectors, (index) => examples[index]?.label === label, space.size, {
      cost,
      seed: seed + at,
      tolerance: 0.1,
      mostRounds: 30,
    }),
  );
  return {
    labels,
    margins(text) {
      const vector = space.transform(text);
      return separators
        .map((separator, at) => ({
          label: labels[at] as string,
          margin: dot(vector, separator.weights) + separator.bias,
        }))
        .sort((a, b) => b.margin - a.margin);
    },
  };
}
