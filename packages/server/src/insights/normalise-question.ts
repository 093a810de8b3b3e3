/**
 * A question reduced to what makes it the same question: without case, punctuation, doubled spaces and doubled letters
 * of emphasis. Bengali and Arabic marks belong to their words and stay.
 *
 * @example normaliseQuestion('Do you ship to FRANCE??') // 'do you ship to france'
 */
export function normaliseQuestion(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(\p{L})\1{2,}/gu, '$1$1')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
