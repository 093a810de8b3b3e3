import type { LineCursor } from './line-cursor.ts';

/** A list marker: its kind tells lists apart, `start` is set for ordered ones, `indent` is where content begins. */
export interface ListMarker {
  kind: string;
  start: number | undefined;
  indent: number;
}

/** The level and text of a `# heading`. */
export function readHeading(line: string): { level: number; text: string } | undefined {
  const level = /^(#{1,6})(?:[ \t]|$)/.exec(line)?.[1]?.length;
  if (!level) return undefined;
  const text = line.slice(level).trim();
  let end = text.length;
  while (text[end - 1] === '#') end--;
  const closed = end === 0 || /[ \t]/.test(text[end - 1]!);
  return { level, text: closed ? text.slice(0, end).trim() : text };
}

/** The marks and the info string that open a fenced code block. */
export function readFence(line: string): { marks: string; info: string } | undefined {
  const [match, marks] = /^(`{3,}(?=[^`]*$)|~{3,})/.exec(line) ?? [];
  return match ? { marks: marks!, info: line.slice(match.length).trim() } : undefined;
}

/** Whether the line is a thematic break such as `---`. */
export function isRule(line: string): boolean {
  return /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/.test(line);
}

/** The heading level that a line of `=` or `-` gives to the paragraph above it. */
export function underlineLevel(line: string): number | undefined {
  const mark = /^(?:(=)=*|--*)[ \t]*$/.exec(line);
  return mark ? (mark[1] ? 1 : 2) : undefined;
}

/**
 * Reads a list marker and moves past it. A list may interrupt a paragraph only with text in its first entry and, if
 * ordered, by the number 1.
 */
export function readListMarker(cursor: LineCursor, interrupts: boolean): ListMarker | undefined {
  const line = cursor.trimmed;
  const [marker, digits] = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(line) ?? [];
  if (!marker) return undefined;
  if (interrupts && (line.length === marker.length || !line.slice(marker.length).trim())) return undefined;
  if (interrupts && digits && Number(digits) !== 1) return undefined;
  const before = cursor.indent;
  cursor.skip(marker.length);
  const deep = cursor.blank || cursor.indent > 4;
  const gap = deep ? 1 : cursor.indent;
  cursor.advance(gap);
  return {
    kind: marker.at(-1)!,
    start: digits ? Number(digits) : undefined,
    indent: before + marker.length + gap,
  };
}

/**
 * Whether a line that is still arriving could yet become something else: marks alone (`-`, `1.`, `##`, `| --`,
 * ` ``` `). It is shown once more of it is there.
 */
export function isUndecided(line: string): boolean {
  return /^(?:[\s>#|:=~`*_+-]|\d{1,9}(?:[.)]|$))*(?:\[[ xX]?\]?\s*)?$/.test(line);
}
