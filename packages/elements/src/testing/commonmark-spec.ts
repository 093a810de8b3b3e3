import type { Block, Inline } from '../markdown/tree.ts';

/** One example of the CommonMark specification. */
export interface SpecExample {
  number: number;
  section: string;
  markdown: string;
  html: string;
}

/** The examples of the specification that the package `commonmark-spec` carries, by their numbers. */
export async function specExamples(): Promise<SpecExample[]> {
  const response = await fetch(new URL('/node_modules/commonmark-spec/spec.txt', location.href));
  if (!response.ok) throw new Error(`The specification's text is not served: ${response.status}.`);
  return specExamplesIn(await response.text());
}

/** The examples in the text of the specification, by their numbers. */
export function specExamplesIn(specification: string): SpecExample[] {
  const text = specification.replace(/^<!-- END TESTS -->[^]*/m, '').replaceAll('→', '\t');
  const examples: SpecExample[] = [];
  let section = '';
  const places = /^`{32} example\n([^]*?)^\.\n([^]*?)^`{32}$|^#{1,6} *(.*)$/gm;
  for (const [, markdown, html, heading] of text.matchAll(places)) {
    if (markdown === undefined) section = heading!;
    else examples.push({ number: examples.length + 1, section, markdown, html: html! });
  }
  return examples;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function inlineHtml(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escaped(node);
      switch (node.type) {
        case 'break':
          return '<br />\n';
        case 'code':
          return `<code>${escaped(node.text)}</code>`;
        case 'image':
          return `<img src="${escaped(node.url)}" alt="${escaped(node.alt)}" />`;
        case 'link':
          return `<a href="${escaped(node.url)}">${inlineHtml(node.children)}</a>`;
        case 'run':
          return inlineHtml(node.children);
        default: {
          const tag = { emphasis: 'em', strong: 'strong', deleted: 'del' }[node.type];
          return `<${tag}>${inlineHtml(node.children)}</${tag}>`;
        }
      }
    })
    .join('');
}

function blockHtml(blocks: readonly Block[], tight = false): string {
  return blocks
    .map((block) => {
      switch (block.type) {
        case 'paragraph':
          return tight ? `${inlineHtml(block.children)}\n` : `<p>${inlineHtml(block.children)}</p>\n`;
        case 'heading':
          return `<h${block.level}>${inlineHtml(block.children)}</h${block.level}>\n`;
        case 'code': {
          const language = block.language && ` class="language-${escaped(block.language)}"`;
          return `<pre><code${language}>${escaped(block.text)}</code></pre>\n`;
        }
        case 'rule':
          return '<hr />\n';
        case 'quote':
          return `<blockquote>\n${blockHtml(block.children)}</blockquote>\n`;
        case 'list': {
          const items = block.children.map((item) =>
            'children' in item ? `<li>${blockHtml(item.children as Block[], !block.loose)}</li>\n` : '',
          );
          if (block.start === undefined) return `<ul>\n${items.join('')}</ul>\n`;
          return `<ol${block.start === 1 ? '' : ` start="${block.start}"`}>\n${items.join('')}</ol>\n`;
        }
        default:
          return `<${block.type}>`;
      }
    })
    .join('');
}

/** The tree as the HTML that the specification writes, for comparing. */
export const specHtml = (blocks: readonly Block[]): string => blockHtml(blocks);

/** HTML in a form that two writers share: no titles (they are not drawn), addresses decoded, no white space between tags. */
export function normalized(html: string): string {
  const address = (all: string, name: string, url: string): string => {
    try {
      return `${name}="${decodeURI(url.replaceAll('&quot;', '%22'))}"`;
    } catch (error) {
      if (error instanceof URIError) return all;
      throw error;
    }
  };
  return html
    .replace(/ title="[^"]*"/g, '')
    .replace(/\s*\n\s*/g, '\n')
    .replaceAll('>\n', '>')
    .replaceAll('\n<', '<')
    .replace(/(href|src)="([^"]*)"/g, address)
    .trim();
}
