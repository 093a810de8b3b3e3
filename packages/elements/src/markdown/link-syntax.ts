import { unescapeText } from './character-references.ts';

const blank = /[ \t]*(?:\n[ \t]*)?/y;
const label = /\[((?:[^\\[\]]|\\[\s\S]){1,999})\]/y;
const pointy = /<((?:[^<>\n\\]|\\.)*)>/y;
const title =
  /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^'\\]*(?:\\[\s\S][^'\\]*)*'|\([^()\\]*(?:\\[\s\S][^()\\]*)*\)/y;

/** Parentheses in a bare destination may nest this deep, as in the reference implementations. */
const maxParentheses = 32;

/** Where a sticky `pattern` ends when it matches at `position`, else -1. */
function match(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** A span of the source and what it says. */
export interface Found {
  value: string;
  end: number;
}

/** Link labels compare without case and with white space run together. */
export function normalizeLabel(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();
}

/** Reads `[label]` at `position`; the value is not yet normalised. */
export function readLabel(text: string, position: number): Found | undefined {
  const end = match(label, text, position);
  const value = text.slice(position + 1, end - 1);
  return end > 0 && value.trim() ? { value, end } : undefined;
}

function readDestination(text: string, position: number): Found | undefined {
  if (text[position] === '<') {
    const end = match(pointy, text, position);
    return end > 0 ? { value: unescapeText(text.slice(position + 1, end - 1)), end } : undefined;
  }
  let depth = 0;
  let end = position;
  for (; end < text.length; end++) {
    const character = text[end]!;
    if (character === '\\' && /[!-/:-@[-`{-~]/.test(text[end + 1] ?? '')) end++;
    else if (character === '(') depth++;
    else if (character === ')' && --depth < 0) break;
    else if (character <= ' ' || character === '\u007f') break;
    if (depth > maxParentheses) return undefined;
  }
  return depth > 0 ? undefined : { value: unescapeText(text.slice(position, end)), end };
}

/** Reads `(destination "title")` at `position`; the title is checked and dropped, see `link-template.ts`. */
export function readResource(text: string, position: number): Found | undefined {
  if (text[position] !== '(') return undefined;
  const destination = readDestination(text, match(blank, text, position + 1));
  if (!destination) return undefined;
  let end = match(blank, text, destination.end);
  if (end > destination.end) {
    const afterTitle = match(title, text, end);
    if (afterTitle > 0) end = match(blank, text, afterTitle);
  }
  return text[end] === ')' ? { value: destination.value, end: end + 1 } : undefined;
}

/** Where the line ends when only spaces are left on it, else -1. */
function lineEnd(text: string, position: number): number {
  const end = match(/[ \t]*(?:\n|$)/y, text, position);
  return end;
}

/** Reads a definition `[label]: destination "title"` at `position`, to the end of its last line. */
export function readDefinition(
  text: string,
  position: number,
): { label: string; url: string; end: number } | undefined {
  const name = readLabel(text, position);
  if (!name || text[name.end] !== ':') return undefined;
  const start = match(blank, text, name.end + 1);
  const destination = readDestination(text, start);
  if (!destination || destination.end === start) return undefined;
  let end = lineEnd(text, destination.end);
  const gap = match(blank, text, destination.end);
  const afterTitle = gap > destination.end ? match(title, text, gap) : -1;
  if (afterTitle > 0) end = Math.max(end, lineEnd(text, afterTitle));
  return end < 0 ? undefined : { label: normalizeLabel(name.value), url: destination.value, end };
}
