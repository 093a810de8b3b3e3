import { expect } from '@open-wc/testing';
import { markdownCorpus } from '../testing/markdown-corpus.ts';
import { MarkdownStream, parseMarkdown } from './markdown-stream.ts';
import type { Block, Inline } from './tree.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The tree in the notation everybody reads. */
function inlineOutline(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escaped(node);
      if (node.type === 'break') return '<br>';
      if (node.type === 'code') return `<code>${escaped(node.text)}</code>`;
      if (node.type === 'image') return `<img ${escaped(node.url)} ${escaped(node.alt)}>`;
      const content = inlineOutline(node.children);
      return node.type === 'link'
        ? `<a ${escaped(node.url)}>${content}</a>`
        : `<${node.type}>${content}</${node.type}>`;
    })
    .join('');
}

function outline(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      switch (block.type) {
        case 'heading':
          return `<h${block.level}>${inlineOutline(block.children)}</h${block.level}>`;
        case 'paragraph':
        case 'cell':
          return `<${block.type[0]}>${inlineOutline(block.children)}</${block.type[0]}>`;
        case 'code':
          return `<pre ${block.language}>${escaped(block.text)}</pre>`;
        case 'rule':
          return '<hr>';
        case 'list':
          return `<${block.loose ? 'loose' : 'list'} ${block.start ?? '-'}>${outline(block.children)}</list>`;
        case 'table':
          return `<table ${block.align.map((align) => align ?? '-').join(' ')}>${outline(block.children)}</table>`;
        case 'item':
          return `<item${block.checked === undefined ? '' : block.checked ? ' x' : ' o'}>${outline(block.children)}</item>`;
        default:
          return `<${block.type}>${outline(block.children)}</${block.type}>`;
      }
    })
    .join('');
}

function streamed(parts: readonly string[]): readonly Block[] {
  const stream = new MarkdownStream();
  for (const part of parts) {
    stream.append(part);
    // A preview must leave no trace in the final tree.
    expect(stream.blocks).to.be.an('array');
  }
  stream.end();
  return stream.blocks;
}

describe('markdown', () => {
  for (const [name, snippets] of Object.entries(markdownCorpus)) {
    it(`reads ${name}`, () => {
      for (const [markdown, tree] of snippets)
        expect(outline(parseMarkdown(markdown)), markdown).to.equal(tree);
    });

    it(`streams ${name} to the same tree, wherever the text is cut`, () => {
      for (const [markdown] of snippets) {
        const whole = JSON.stringify(parseMarkdown(markdown));
        for (let at = 0; at <= markdown.length; at++) {
          const cut = streamed([markdown.slice(0, at), markdown.slice(at)]);
          if (JSON.stringify(cut) !== whole)
            expect.fail(`${JSON.stringify(markdown)} cut at ${at}: ${outline(cut)}`);
        }
        expect(JSON.stringify(streamed([...markdown])), markdown).to.equal(whole);
      }
    });
  }
});
