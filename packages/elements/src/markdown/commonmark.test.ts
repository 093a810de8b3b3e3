import { expect } from '@open-wc/testing';
import { normalized, specExamples, specHtml, type SpecExample } from '../testing/commonmark-spec.ts';
import { MarkdownStream, parseMarkdown } from './markdown-stream.ts';

const from = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** The examples of CommonMark 0.31 that are read otherwise, and why. All others give exactly the specified tree. */
const otherwise = {
  'HTML has no meaning in a message: it stays text': [
    ...[21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643],
    ...from(148, 191),
    ...[613, 614, 615, 616, 617, 623, 625, 626, 627, 628, 629, 630, 631],
  ],
  'only the commonest of 2,000 names of characters are known': [25, 32, 33, 34, 503],
  'a bare address is a link, as in GFM': [602, 608, 611, 612],
};
const read = new Set(Object.values(otherwise).flat());

describe('CommonMark', () => {
  let examples: SpecExample[];
  before(async () => {
    examples = await specExamples();
  });

  it('is read as specified, but for what is listed', () => {
    expect(examples).to.have.length(652);
    for (const { number, markdown, html } of examples) {
      if (read.has(number)) continue;
      const ours = normalized(specHtml(parseMarkdown(markdown)));
      expect(ours, `example ${number}: ${JSON.stringify(markdown)}`).to.equal(normalized(html));
    }
  });

  it('lists nothing that is read as specified', () => {
    const same = examples.filter(
      ({ number, markdown, html }) =>
        read.has(number) && normalized(specHtml(parseMarkdown(markdown))) === normalized(html),
    );
    expect(same.map(({ number }) => number)).to.deep.equal([]);
  });

  it('streams every example to the tree of the whole, wherever it is cut', () => {
    let cuts = 0;
    for (const { number, markdown } of examples) {
      const whole = JSON.stringify(parseMarkdown(markdown));
      for (let at = 0; at <= markdown.length; at++, cuts++) {
        const tree = streamed([markdown.slice(0, at), markdown.slice(at)]);
        if (tree !== whole) expect.fail(`example ${number}, cut at ${at}: ${tree} is not ${whole}`);
      }
      const tree = streamed([...markdown]);
      if (tree !== whole) expect.fail(`example ${number}, letter by letter: ${tree} is not ${whole}`);
    }
    expect(cuts).to.be.greaterThan(15_000);
  }).timeout(60_000);
});

function streamed(parts: readonly string[]): string {
  const stream = new MarkdownStream();
  for (const part of parts) {
    stream.append(part);
    // A preview must leave no trace in the final tree.
    void stream.blocks;
  }
  stream.end();
  return JSON.stringify(stream.blocks);
}
