import type { Alignment } from './tree.ts';

/** Columns beyond this are dropped: a table that wide cannot be read in a chat window. */
const maxColumns = 100;

/** Splits a table row at the pipes that no backslash hides; outer pipes are optional, `\|` becomes `|`. */
export function splitRow(line: string): string[] {
  const text = line.trim();
  const cells: string[] = [];
  let cell = '';
  for (let index = text[0] === '|' ? 1 : 0; index < text.length; index++) {
    const character = text[index];
    if (character === '\\' && text[index + 1] === '|') {
      cell += '|';
      index++;
    } else if (character === '\\') {
      cell += character + (text[++index] ?? '');
    } else if (character === '|') {
      cells.push(cell.trim());
      cell = '';
      if (cells.length === maxColumns) return cells;
    } else {
      cell += character;
    }
  }
  if (cell.trim()) cells.push(cell.trim());
  return cells;
}

/** The alignments that a delimiter row such as `| :-- | --: |` sets, or nothing when the line is not one. */
export function delimiterRow(line: string): Alignment[] | undefined {
  const text = line.trim();
  if (!/[|:]/.test(text) || !/^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/.test(text))
    return undefined;
  return splitRow(text).map((cell) => {
    const right = cell.endsWith(':');
    return cell.startsWith(':') ? (right ? 'center' : 'left') : right ? 'right' : undefined;
  });
}
