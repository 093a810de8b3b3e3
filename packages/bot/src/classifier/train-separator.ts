import { seededRandom, shuffle } from './random.ts';
import { dot, type SparseVector } from './sparse-vector.ts';

/** A hyperplane: the margin of `x` is `weights · x + bias`, positive on the side of the class. */
export interface Separator {
  readonly weights: Float32Array;
  readonly bias: number;
}

export interface SeparatorOptions {
  /** The cost of a phrase on the wrong side; higher fits the training phrases closer. */
  readonly cost: number;
  readonly seed: number;
  /** Stops when no dual variable wanted to move further than this in a whole round. */
  readonly tolerance: number;
  readonly mostRounds: number;
}

/**
 * Trains one linear support vector machine with squared hinge loss by dual coordinate descent
 * (Hsieh et al. 2008, "A Dual Coordinate Descent Method for Large-scale Linear SVM", algorithm 1, L2-SVM).
 *
 * @param isMember which of the vectors belong to the class
 */
export function trainSeparator(
  vectors: readonly SparseVector[],
  isMember: (index: number) => boolean,
  size: number,
  options: SeparatorOptions,
): Separator {
  const random = seededRandom(options.seed);
  const weights = new Float64Array(size);
  let bias = 0;
  const regular = 0.5 / options.cost;
  const alpha = new Float64Array(vectors.length);
  const signs = Int8Array.from(vectors, (_, index) => (isMember(index) ? 1 : -1));
  const diagonal = Float64Array.from(vectors, ({ values }) =>
    values.reduce((sum, v) => sum + v * v, 1 + regular),
  );
  const order = Int32Array.from(vectors, (_, index) => index);

  for (let round = 0; round < options.mostRounds; round += 1) {
    shuffle(order, random);
    let furthest = 0;
    for (const index of order) {
      const vector = vectors[index] as SparseVector;
      const sign = signs[index] as number;
      const before = alpha[index] as number;
      const gradient = sign * (dot(vector, weights) + bias) - 1 + regular * before;
      const projected = before === 0 ? Math.min(gradient, 0) : gradient;
      if (projected === 0) continue;
      furthest = Math.max(furthest, Math.abs(projected));
      const after = Math.max(before - gradient / (diagonal[index] as number), 0);
      alpha[index] = after;
      const step = (after - before) * sign;
      const { indices, values } = vector;
      for (let at = 0; at < indices.length; at += 1) {
        const column = indices[at] as number;
        weights[column] = (weights[column] as number) + step * (values[at] as number);
      }
      bias += step;
    }
    if (furthest < options.tolerance) break;
  }
  return { weights: Float32Array.from(weights), bias };
}
