/** A logistic model: probability = 1 / (1 + e^-(intercept + Σ weight · feature)). */
export interface LogisticModel {
  readonly intercept: number;
  readonly weights: readonly number[];
}

/** One observation: what was measured, whether it turned out right, and how much it counts (1 unless told). */
export interface LogisticExample {
  readonly features: readonly number[];
  readonly right: boolean;
  readonly weight?: number;
}

/** The probability the model gives to these features, between 0 and 1. */
export function logisticProbability(model: LogisticModel, features: readonly number[]): number {
  const exponent = features.reduce(
    (sum, value, at) => sum + value * (model.weights[at] ?? 0),
    model.intercept,
  );
  return 1 / (1 + Math.exp(-exponent));
}

/** Solves a small symmetric positive definite system in place by Gaussian elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const pivotRow = matrix[pivot] as number[];
    for (let below = pivot + 1; below < size; below += 1) {
      const row = matrix[below] as number[];
      const factor = (row[pivot] as number) / (pivotRow[pivot] as number);
      for (let column = pivot; column < size; column += 1) {
        row[column] = (row[column] as number) - factor * (pivotRow[column] as number);
      }
      right[below] = (right[below] as number) - factor * (right[pivot] as number);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let at = size - 1; at >= 0; at -= 1) {
    const row = matrix[at] as number[];
    let rest = right[at] as number;
    for (let column = at + 1; column < size; column += 1) {
      rest -= (row[column] as number) * (solution[column] as number);
    }
    solution[at] = rest / (row[at] as number);
  }
  return solution;
}

/**
 * Fits a logistic model by Newton's method (iteratively reweighted least squares; McCullagh & Nelder 1989)
 * with a ridge on the weights, which keeps separable data finite. Labels are softened as Platt (1999) proposes.
 *
 * @param ridge how strongly weights are drawn to zero; 1 is mild
 */
export function fitLogistic(examples: readonly LogisticExample[], ridge = 1): LogisticModel {
  const size = (examples[0]?.features.length ?? 0) + 1;
  const rightCount = examples.filter((example) => example.right).length;
  const rightTarget = (rightCount + 1) / (rightCount + 2);
  const wrongTarget = 1 / (examples.length - rightCount + 2);
  let beta = new Array<number>(size).fill(0);
  for (let round = 0; round < 30; round += 1) {
    const gradient = beta.map((value, at) => (at === 0 ? 1e-6 : ridge) * -value);
    const hessian = beta.map((_, row) =>
      beta.map((__, column) => (row === column ? (row === 0 ? 1e-6 : ridge) : 0)),
    );
    const model = { intercept: beta[0] as number, weights: beta.slice(1) };
    for (const { features, right, weight = 1 } of examples) {
      const probability = logisticProbability(model, features);
      const slope = weight * Math.max(probability * (1 - probability), 1e-9);
      const residual = weight * ((right ? rightTarget : wrongTarget) - probability);
      const row = [1, ...features];
      for (let a = 0; a < size; a += 1) {
        gradient[a] = (gradient[a] as number) + residual * (row[a] as number);
        const line = hessian[a] as number[];
        for (let b = 0; b < size; b += 1)
          line[b] = (line[b] as number) + slope * (row[a] as number) * (row[b] as number);
      }
    }
    const step = solve(hessian, gradient);
    beta = beta.map((value, at) => value + Math.max(-5, Math.min(5, step[at] as number)));
    if (step.every((value) => Math.abs(value) < 1e-6)) break;
  }
  return { intercept: beta[0] as number, weights: beta.slice(1) };
}
