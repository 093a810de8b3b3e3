import { folded } from '@sahay/protocol/core';

const name = 'sahay-search';

/** Marks words in elements without changing them, where the browser can; the message itself is marked in any case. */
export function highlight(elements: readonly Element[], query: string): void {
  if (!globalThis.Highlight || !CSS.highlights) return;
  const wanted = folded(query);
  const ranges = wanted ? elements.flatMap((element) => rangesIn(element, wanted)) : [];
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

function rangesIn(element: Element, wanted: string): Range[] {
  const ranges: Range[] = [];
  for (const bubble of element.querySelectorAll('.bubble')) {
    const walker = document.createTreeWalker(bubble, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { text, places } = foldedPlaces((node as Text).data);
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        const range = document.createRange();
        range.setStart(node, places[at]!);
        range.setEnd(node, places[at + wanted.length]!);
        ranges.push(range);
      }
    }
  }
  return ranges;
}

/** Text as it is searched, and where each of its characters stands in what is shown: some are left out, and some become two. */
function foldedPlaces(shown: string): { text: string; places: number[] } {
  let text = '';
  const places: number[] = [];
  let at = 0;
  for (const { segment } of new Intl.Segmenter().segment(shown)) {
    const one = folded(segment);
    text += one;
    for (let unit = 0; unit < one.length; unit++) places.push(at);
    at += segment.length;
  }
  return { text, places: [...places, at] };
}
