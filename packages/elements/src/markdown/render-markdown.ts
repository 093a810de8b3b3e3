import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { completeEnglish } from '../locales/complete-english.ts';
import { blockDirection } from './block-direction.ts';
import { codeTemplate } from './code-template.ts';
import { inlineTemplates } from './inline-template.ts';
import type { MarkdownOptions } from './markdown-options.ts';
import { parseMarkdown } from './markdown-stream.ts';
import type { Block, ContainerBlock, ListBlock, RowBlock, TableBlock, TextBlock } from './tree.ts';

completeEnglish();

/** Where a block stands: only outermost blocks find their own reading direction, the others follow (see the styles). */
interface Place {
  nested: boolean;
  /** Whether paragraphs stand bare, as in the entries of a tight list. */
  tight: boolean;
}

const outermost: Place = { nested: false, tight: false };
const inside: Place = { nested: true, tight: false };

/** The outermost blocks say their reading direction, also against that of the language around them. */
function direction(block: Block, place: Place): 'ltr' | 'rtl' | typeof nothing {
  return (place.nested ? undefined : blockDirection(block)) ?? nothing;
}

/** Message headings start at `<h3>`: the window's own come above them. */
function heading(block: TextBlock, options: MarkdownOptions, place: Place): TemplateResult {
  const content = inlineTemplates(block.children, options);
  const dir = direction(block, place);
  switch (block.level) {
    case 1:
      return html`<h3 dir=${dir}>${content}</h3>`;
    case 2:
      return html`<h4 dir=${dir}>${content}</h4>`;
    case 3:
      return html`<h5 dir=${dir}>${content}</h5>`;
    default:
      return html`<h6 dir=${dir}>${content}</h6>`;
  }
}

function item(block: ContainerBlock, options: MarkdownOptions, tight: boolean): TemplateResult {
  const content = blocks(block.children, options, { nested: true, tight });
  if (block.checked === undefined) return html`<li>${content}</li>`;
  const name = block.checked ? options.strings.taskDone : options.strings.taskOpen;
  return html`<li class="task">
    <input type="checkbox" disabled aria-label=${name} .checked=${block.checked} />
    <div>${content}</div>
  </li>`;
}

function list(block: ListBlock, options: MarkdownOptions, place: Place): TemplateResult {
  const tight = !block.loose;
  const items = block.children.map((child) =>
    guard([child, tight, options.strings], () => item(child as ContainerBlock, options, tight)),
  );
  const dir = direction(block, place);
  return block.start === undefined
    ? html`<ul dir=${dir}>
        ${items}
      </ul>`
    : html`<ol dir=${dir} start=${block.start}>
        ${items}
      </ol>`;
}

function cells({ children }: RowBlock, table: TableBlock, options: MarkdownOptions): TemplateResult[] {
  const header = table.children[0]?.children === children;
  return children.map((cell, column) => {
    const align = table.align[column] ?? nothing;
    const dir = blockDirection(cell) ?? nothing;
    const content = inlineTemplates(cell.children, options);
    return header
      ? html`<th scope="col" dir=${dir} data-align=${align}>${content}</th>`
      : html`<td dir=${dir} data-align=${align}>${content}</td>`;
  });
}

/** A table scrolls sideways in a region of its own that the keyboard can reach. */
function table(block: TableBlock, options: MarkdownOptions, place: Place): TemplateResult {
  const [header, ...rows] = block.children.map((row) =>
    guard(
      [row, options.strings],
      () =>
        html`<tr>
          ${cells(row, block, options)}
        </tr>`,
    ),
  );
  return html`<div
    class="table"
    part="table"
    role="region"
    tabindex="0"
    aria-label=${options.strings.table}
    dir=${direction(block, place)}
  >
    <table>
      <thead>
        ${header}
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function template(block: Block, options: MarkdownOptions, place: Place): unknown {
  switch (block.type) {
    case 'paragraph': {
      const content = inlineTemplates(block.children, options);
      return place.tight ? content : html`<p dir=${direction(block, place)}>${content}</p>`;
    }
    case 'heading':
      return heading(block, options, place);
    case 'code':
      return codeTemplate(block, options);
    case 'quote':
      return html`<blockquote dir=${direction(block, place)}>
        ${blocks(block.children, options, inside)}
      </blockquote>`;
    case 'list':
      return list(block, options, place);
    case 'table':
      return table(block, options, place);
    case 'rule':
      return html`<hr />`;
    default:
      return nothing;
  }
}

function blocks(children: readonly Block[], options: MarkdownOptions, place: Place): unknown[] {
  return children.map((block) =>
    guard([block, place.tight, options.strings], () => template(block, options, place)),
  );
}

/**
 * Draws Markdown as elements, never as HTML text: markup in a message stays visible as it was written.
 *
 * @param source The text, or the blocks of a `MarkdownStream`: of these, only blocks that changed are drawn again.
 * @example
 * const { MarkdownStream, renderMarkdown } = await import('./markdown/index.ts');
 * const stream = new MarkdownStream();
 * stream.append('Hello **world**');
 * render(renderMarkdown(stream.blocks, { strings: en }), container);
 */
export function renderMarkdown(source: string | readonly Block[], options: MarkdownOptions): TemplateResult {
  return typeof source === 'string'
    ? html`${guard([source, options.strings], () => blocks(parseMarkdown(source), options, outermost))}`
    : html`${blocks(source, options, outermost)}`;
}
