/**
 * Compares what was sent with what each view shows.
 *
 * @typedef {{ from: string, n: number }} Numbered
 * @param {Map<string, number>} sent how many messages each side has sent; they are numbered from 1
 * @param {readonly { shown: readonly Numbered[], hasEarlier: boolean }[]} views what each shows, top to bottom
 * @returns waiting: not shown everywhere yet, and nothing after it either. lost: a later one of the same side is shown, or nothing is on
 *   its way any more. doubled, reordered: summed over the views
 */
export function compare(sent, views, isSettled = false) {
  const counts = { sent: 0, waiting: 0, lost: 0, doubled: 0, reordered: 0 };
  for (const [from, total] of sent) {
    counts.sent += total;
    const missing = new Set();
    for (const view of views) {
      const numbers = view.shown.filter((one) => one.from === from).map(({ n }) => n);
      const there = new Set(numbers);
      counts.doubled += numbers.length - there.size;
      counts.reordered += countReordered(numbers);
      const last = Math.max(0, ...there);
      // A view may begin in the middle; what is before can be loaded.
      const first = view.hasEarlier ? Math.min(...there, total + 1) : 1;
      for (let n = first; n <= total; n++) {
        if (there.has(n)) continue;
        if (n < last || isSettled) counts.lost++;
        else missing.add(n);
      }
    }
    counts.waiting += missing.size;
  }
  return counts;
}

/** How many stand after one with a higher number. */
function countReordered(numbers) {
  let highest = 0;
  return numbers.filter((n) => {
    const isLate = n < highest;
    highest = Math.max(highest, n);
    return isLate;
  }).length;
}
