/**
 * Character n-grams of each word with a space on both sides, never across words; code points, not UTF-16 halves.
 *
 * @example wordNgrams(['abc'], 3, 4) // [' ab', 'abc', 'bc ', ' abc', 'abc ']
 */
export function wordNgrams(wordList: readonly string[], shortest: number, longest: number): string[] {
  const grams: string[] = [];
  for (const word of wordList) {
    const points = Array.from(` ${word} `);
    for (let size = shortest; size <= longest; size += 1) {
      if (points.length < size) {
        if (size === shortest) grams.push(points.join(''));
        break;
      }
      for (let start = 0; start + size <= points.length; start += 1) {
        grams.push(points.slice(start, start + size).join(''));
      }
    }
  }
  return grams;
}
