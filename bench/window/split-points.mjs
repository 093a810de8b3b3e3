/* Whether a streamed tree equals the whole parse, at every cut of the examples of CommonMark and of our own for GFM. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MarkdownStream, parseMarkdown } from '../../packages/elements/src/markdown/markdown-stream.ts';
import { specExamplesIn } from '../../packages/elements/src/testing/commonmark-spec.ts';
import { markdownCorpus } from '../../packages/elements/src/testing/markdown-corpus.ts';

/** The tree of a text that arrives in pieces; what is drawn in between must leave no trace in it. */
function streamed(pieces) {
  const stream = new MarkdownStream();
  for (const piece of pieces) {
    stream.append(piece);
    void stream.blocks;
  }
  stream.end();
  return JSON.stringify(stream.blocks);
}

/** Cuts every example everywhere, and into letters: how many cuts there are, and how many give another tree. */
export function splitPoints() {
  const spec = createRequire(import.meta.url).resolve('commonmark-spec/spec.txt');
  const texts = [
    ...specExamplesIn(readFileSync(spec, 'utf8')).map(({ markdown }) => markdown),
    ...Object.values(markdownCorpus).flatMap((snippets) => snippets.map(([markdown]) => markdown)),
  ];
  let cuts = 0;
  let different = 0;
  for (const text of texts) {
    const whole = JSON.stringify(parseMarkdown(text));
    const count = (pieces) => {
      cuts++;
      if (streamed(pieces) !== whole) different++;
    };
    for (let at = 0; at <= text.length; at++) count([text.slice(0, at), text.slice(at)]);
    count([...text]);
  }
  return { examples: texts.length, cuts, different };
}
