/**
 * Matthews correlation for any number of classes (Gorodkin 2004): 1 is perfect, 0 is chance. Unlike accuracy it does
 * not reward always saying the commonest label.
 *
 * @param weights how much each observation counts; 1 each unless told
 */
export function matthewsCorrelation(
  truth: readonly string[],
  said: readonly string[],
  weights: readonly number[] = [],
): number {
  const trueSums = new Map<string, number>();
  const saidSums = new Map<string, number>();
  let total = 0;
  let correct = 0;
  truth.forEach((label, at) => {
    const other = said[at] ?? '';
    const weight = weights[at] ?? 1;
    total += weight;
    if (label === other) correct += weight;
    trueSums.set(label, (trueSums.get(label) ?? 0) + weight);
    saidSums.set(other, (saidSums.get(other) ?? 0) + weight);
  });
  let products = 0;
  let truthSquares = 0;
  let saidSquares = 0;
  for (const sum of trueSums.values()) truthSquares += sum * sum;
  for (const [label, sum] of saidSums) {
    saidSquares += sum * sum;
    products += sum * (trueSums.get(label) ?? 0);
  }
  const scale = Math.sqrt((total * total - saidSquares) * (total * total - truthSquares));
  return scale === 0 ? 0 : (correct * total - products) / scale;
}
