import { expect } from '@open-wc/testing';
import { plainInline } from './inline-parser.ts';
import { MarkdownStream, parseMarkdown } from './markdown-stream.ts';
import type { Block, Inline } from './tree.ts';

/** Everything that would be read, marks of structure left out. */
function words(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.type === 'code') return block.text;
      if (block.type === 'rule') return '';
      return 'level' in block ? plainInline(block.children) : words(block.children);
    })
    .join(' ');
}

function shape(blocks: readonly Block[]): string {
  return blocks.map((block) => block.type).join(' ');
}

function streamOf(text: string): MarkdownStream {
  const stream = new MarkdownStream();
  stream.append(text);
  return stream;
}

/** The spans of the first paragraph of a text that is still arriving. */
function arriving(text: string): Inline[] {
  const [block] = streamOf(text).blocks;
  return block?.type === 'paragraph' ? block.children : [];
}

describe('markdown stream', () => {
  it('keeps every finished block the same object', () => {
    const stream = streamOf('# Title\n\nFirst **one**.\n\n- a\n- b\n\nLast');
    const before = stream.blocks;
    stream.append(' words\n\n```\ncode');
    const after = stream.blocks;
    expect(after.slice(0, 2)).to.have.ordered.members(before.slice(0, 2));
    stream.append('\n```\n');
    stream.end();
    for (const index of [0, 1]) expect(stream.blocks[index]).to.equal(before[index]);
    expect(stream.blocks[3]).to.equal(after[3]);
  });

  it('keeps finished entries of a list and rows of a table that still grow', () => {
    const stream = streamOf('- a\n- b\n- c');
    const items = (): Block[] => (stream.blocks[0] as { children: Block[] }).children;
    const [first] = items();
    stream.append('\n- d');
    expect(items()[0]).to.equal(first);
    expect(items()).to.have.lengthOf(4);

    const table = streamOf('| a |\n|---|\n| b |\n');
    const rows = (): Block[] => (table.blocks[0] as { children: Block[] }).children;
    const [header, row] = rows();
    table.append('| c |\n| d');
    expect(rows().slice(0, 2)).to.have.ordered.members([header, row] as Block[]);
  });

  it('gives the same array until more text arrives', () => {
    const stream = streamOf('a');
    expect(stream.blocks).to.equal(stream.blocks);
    const before = stream.blocks;
    stream.append('');
    expect(stream.blocks).to.equal(before);
    stream.append('b');
    expect(stream.blocks).not.to.equal(before);
  });

  it('redraws only what a late definition changes', () => {
    const stream = streamOf('See [docs].\n\nPlain.\n\n> - Also [docs].\n\n');
    const [link, plain, quote] = stream.blocks;
    stream.append('[docs]: https://a.example\n\nEnd');
    const [newLink, newPlain, newQuote] = stream.blocks;
    expect(newPlain).to.equal(plain);
    expect(newLink).not.to.equal(link);
    expect(newQuote).not.to.equal(quote);
    stream.end();
    expect(stream.blocks).to.deep.equal(parseMarkdown(stream.text));
  });

  it('starts again when the text is replaced, and goes on when it continues', () => {
    const stream = streamOf('Hello **wor');
    const first = stream.blocks[0];
    stream.update('Hello **world**.\n\nMore');
    expect(stream.text).to.equal('Hello **world**.\n\nMore');
    stream.update('Something else');
    expect(words(stream.blocks)).to.equal('Something else');
    expect(stream.blocks[0]).not.to.equal(first);
    stream.end();
    stream.update('Something else');
    expect(stream.ended).to.equal(true);
    stream.update('Something else again');
    expect(words(stream.blocks)).to.equal('Something else again');
  });

  describe('shows unfinished syntax calmly', () => {
    const calm: readonly (readonly [text: string, shown: Inline[]])[] = [
      ['a **bo', ['a ', { type: 'strong', children: ['bo'] }]],
      ['a **bo*', ['a ', { type: 'strong', children: ['bo'] }]],
      ['a **bold**', ['a ', { type: 'strong', children: ['bold'] }]],
      ['a **', ['a ']],
      ['a *em', ['a ', { type: 'emphasis', children: ['em'] }]],
      ['a ~~de', ['a ', { type: 'deleted', children: ['de'] }]],
      ['a `co', ['a ', { type: 'code', text: 'co' }]],
      ['a ``co`', ['a ', { type: 'code', text: 'co' }]],
      ['**a `b', [{ type: 'strong', children: ['a ', { type: 'code', text: 'b' }] }]],
      ['a [te', ['a te']],
      ['a [text]', ['a text']],
      ['a [text](https://b.exa', ['a text']],
      ['a [text][re', ['a text']],
      ['a ![te](https://b', ['a te']],
      ['a [text](b)', ['a ', { type: 'link', url: 'b', children: ['text'] }]],
      ['a https://b.exa', ['a https://b.exa']],
      ['a https://b.', ['a https://b.']],
      ['a <https://b.exa', ['a https://b.exa']],
      ['a \\', ['a ']],
      ['a \\*', ['a ']],
      ['a &am', ['a ']],
      ['2 * 3', ['2 * 3']],
      ['snake_case', ['snake_case']],
      ['[a]: https://b.exa', []],
    ];
    for (const [text, shown] of calm) {
      it(JSON.stringify(text), () => expect(arriving(text)).to.deep.equal(shown));
    }

    const shapes: readonly (readonly [text: string, shown: string])[] = [
      ['a\n-', 'paragraph'],
      ['a\n---', 'paragraph'],
      ['a\n=', 'paragraph'],
      ['a | b\n--', 'paragraph'],
      ['| a', 'table'],
      ['| a | b |', 'table'],
      ['| a | b |\n', 'table'],
      ['| a | b |\n|--', 'table'],
      ['#', ''],
      ['## Ti', 'heading'],
      ['1', ''],
      ['1.', ''],
      ['1. a', 'list'],
      ['- [', ''],
      ['- [x', ''],
      ['>', ''],
      ['``', ''],
      ['```', ''],
      ['```js', 'code'],
      ['```js\nlet', 'code'],
      ['```\na\n``', 'code'],
    ];
    for (const [text, shown] of shapes) {
      it(JSON.stringify(text), () => expect(shape(streamOf(text).blocks)).to.equal(shown));
    }

    it('names the language of a fence only when its name is whole', () => {
      expect(streamOf('```jav').blocks).to.deep.equal([{ type: 'code', language: '', text: '' }]);
      expect(streamOf('```java\n').blocks).to.deep.equal([{ type: 'code', language: 'java', text: '' }]);
    });

    it('does not show the marks of a closing fence as code', () => {
      expect(words(streamOf('```\na\n``').blocks)).to.equal('a\n');
    });

    it('never takes back words it has shown', () => {
      const text =
        'Hi **bold _x_** `a b` [link](https://a.example/b) ![i](c)\n\n- one *two*\n- three\n\n| a | b |\n|:--|---|\n| c | d |\n\n> q\n\n1. x\n\n```js\ny\n```\n~~z~~ end';
      const letters = (blocks: readonly Block[]): string => words(blocks).replace(/[^\p{L}]/gu, '');
      const stream = new MarkdownStream();
      let before = '';
      for (const character of text) {
        stream.append(character);
        const now = letters(stream.blocks);
        expect(now.startsWith(before), `"${before}" became "${now}" at "${stream.text.slice(-12)}"`).to.equal(
          true,
        );
        before = now;
      }
      stream.end();
      expect(letters(stream.blocks)).to.equal(before);
    });
  });
});
