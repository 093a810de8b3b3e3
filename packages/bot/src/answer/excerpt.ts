import type { List, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** Characters an answer has at most; a phone shows that much without scrolling far. */
export const LONGEST_ANSWER = 700;
/** A first paragraph this long answers by itself; a shorter one may only introduce the next block. */
const COMPLETE_PARAGRAPH = 160;

function source(markdown: string, block: RootContent): string {
  return markdown.slice(block.position?.start.offset ?? 0, block.position?.end.offset ?? 0);
}

/** The pieces of a text that fit, at least the start of the first; pieces are sentences, or words when one is too long. */
function cutText(text: string, limit: number, lang: string): string {
  for (const granularity of ['sentence', 'word', 'grapheme'] as const) {
    let end = 0;
    for (const { segment, index } of new Intl.Segmenter(lang, { granularity }).segment(
      text.slice(0, limit + 200),
    )) {
      if (index + segment.length > limit) break;
      end = index + segment.length;
    }
    if (end > limit / 4) return `${text.slice(0, end).trimEnd()}${granularity === 'sentence' ? '' : '…'}`;
  }
  return '';
}

function cutList(markdown: string, list: List, limit: number): string {
  const start = list.position?.start.offset ?? 0;
  let end = start;
  for (const item of list.children) {
    const itemEnd = item.position?.end.offset ?? end;
    if (itemEnd - start > limit) break;
    end = itemEnd;
  }
  return markdown.slice(start, end);
}

/** A block that is too long by itself, cut where it does not hurt; markup never stays open. */
function cutBlock(markdown: string, block: RootContent, limit: number, lang: string): string {
  const text = source(markdown, block);
  if (text.length <= limit) return text;
  if (block.type === 'list') {
    const items = cutList(markdown, block, limit);
    if (items !== '') return items;
  }
  if (block.type === 'code') {
    const lines = text.split('\n');
    const fence = /^(?:`{3,}|~{3,})/u.exec(text)?.[0] ?? '';
    let kept = lines.slice(0, 30).join('\n').slice(0, limit);
    kept = kept.slice(0, Math.max(kept.lastIndexOf('\n'), 0));
    return kept === '' ? '' : `${kept}\n${fence}`.trimEnd();
  }
  return cutText(plainSource(text), limit, lang);
}

/** Without emphasis, links and code, of which a cut might leave one half. */
function plainSource(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/[*_`~]/gu, '')
    .replace(/\s+/gu, ' ');
}

/**
 * The start of a section, of readable length: its first block, and those after it while the first alone says little. Cut between
 * blocks, list items or sentences, never inside a word.
 */
export function excerpt(markdown: string, lang: string, limit = LONGEST_ANSWER): string {
  const blocks = fromMarkdown(markdown).children.filter(
    ({ type }) => type !== 'definition' && type !== 'thematicBreak',
  );
  const first = blocks[0];
  if (first === undefined) return '';
  const kept = [cutBlock(markdown, first, limit, lang)];
  let length = kept[0]?.length ?? 0;
  let previous = source(markdown, first);
  for (const block of blocks.slice(1)) {
    const introduces = /[:：]\s*[*_]*$/u.test(previous);
    if (length >= COMPLETE_PARAGRAPH && !introduces) break;
    const text = source(markdown, block);
    if (length + text.length > limit) {
      // Steps that are announced are shown as far as they fit; anything else is left out whole.
      const isStart = block.type === 'list' && (introduces || length < COMPLETE_PARAGRAPH);
      const part = isStart ? cutList(markdown, block, limit - length) : '';
      if (part !== '') kept.push(part, '…');
      break;
    }
    kept.push(text);
    length += text.length;
    previous = text;
  }
  return kept.filter((part) => part !== '').join('\n\n');
}
