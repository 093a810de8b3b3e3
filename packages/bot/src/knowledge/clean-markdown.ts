import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** A change to the source: what stands between the two offsets gives way to the replacement. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** Makes the edits; where two overlap, the outer one, which starts first, wins. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, replacement } of [...edits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    result += source.slice(at, start) + replacement;
    at = end;
  }
  return result + source.slice(at);
}

/** Visits a Markdown tree from the top, parents before children. */
export function visit(node: Nodes, each: (node: Nodes) => void): void {
  each(node);
  if ('children' in node) for (const child of node.children) visit(child, each);
}

/** The range of a node in the source it was parsed from. */
export function range(node: Nodes): { start: number; end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

const TEMPLATE_MARKS: readonly RegExp[] = [
  /<!--[\s\S]*?(?:-->|$)/gu,
  /\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/gu,
  /\{%[\s\S]*?%\}/gu,
  /\{\{[\s\S]*?\}\}/gu,
  /\{::comment\}[\s\S]*?\{:\/(?:comment)?\}/gu,
  /\{::?[^}\n]*\}/gu,
  /[ \t]*\{#[\w-]+\}[ \t]*$/gmu,
];

/** A line that held nothing but marks goes as a whole, or it would part a list from its own next item. */
const EMPTIED = '\u0000';

function stripMarks(text: string): string {
  return TEMPLATE_MARKS.reduce((rest, mark) => rest.replace(mark, EMPTIED), text)
    .replace(/^[ \t]*\u0000[ \t\u0000]*(?:\n|$)/gmu, '')
    .replace(/(?<=[ \t])\u0000+[ \t]/gu, '')
    .replaceAll(EMPTIED, '');
}

function codeRanges(source: string): Edit[] {
  const found: Edit[] = [];
  visit(fromMarkdown(source), (node) => {
    if (node.type !== 'code' && node.type !== 'inlineCode') return;
    const { start, end } = range(node);
    found.push({ start, end, replacement: '' });
  });
  return found;
}

/** Takes out Liquid tags, Kramdown attribute marks and HTML comments; code keeps every character. */
export function stripTemplateMarks(source: string): string {
  if (!/[{<]/u.test(source)) return source;
  let result = '';
  let at = 0;
  let pending = '';
  const codes = codeRanges(source);
  // Code is put aside behind place holders, so that a mark may also stand around it.
  codes.forEach(({ start, end }, index) => {
    pending += `${source.slice(at, start)}\u0001${index}\u0002`;
    at = end;
  });
  pending += source.slice(at);
  at = 0;
  const stripped = stripMarks(pending);
  for (const holder of stripped.matchAll(/\u0001(\d+)\u0002/gu)) {
    const code = codes[Number(holder[1])];
    result +=
      stripped.slice(at, holder.index) + (code === undefined ? '' : source.slice(code.start, code.end));
    at = holder.index + holder[0].length;
  }
  return result + stripped.slice(at);
}
