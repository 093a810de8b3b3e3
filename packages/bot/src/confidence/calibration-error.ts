/** One prediction: how sure the bot was (0 to 1), and whether it was right. */
export interface Judgement {
  readonly confidence: number;
  readonly right: boolean;
}

/**
 * Expected calibration error with equal-width bins: the mean distance between confidence and accuracy, weighted by
 * the size of the bin (Naeini et al. 2015). 0 is perfect; 0.05 means five points off on average.
 */
export function calibrationError(judgements: readonly Judgement[], bins = 10): number {
  let error = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const inside = judgements.filter(
      ({ confidence }) => Math.min(bins - 1, Math.floor(confidence * bins)) === bin,
    );
    const confidence = inside.reduce((sum, judgement) => sum + judgement.confidence, 0);
    const right = inside.filter((judgement) => judgement.right).length;
    error += Math.abs(confidence - right);
  }
  return judgements.length === 0 ? 0 : error / judgements.length;
}
