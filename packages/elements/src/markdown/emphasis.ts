import type { Inline } from './tree.ts';

/** A run of `*`, `_` or `~` that may open or close a span. */
export interface Delimiter {
  type: 'delimiter';
  character: string;
  /** Characters not yet used. */
  count: number;
  /** Characters it had at first. */
  length: number;
  opens: boolean;
  closes: boolean;
  /** Whether it may be closed by the end of a text that is still arriving. */
  unfinished: boolean;
}

/** What the inline scanner collects before spans are paired up. */
export type Piece = Inline | Delimiter;

/** Openers waiting at one time, in characters: bounds both the nesting and the search for a partner. */
const maxOpen = 48;

interface Opener {
  delimiter: Delimiter;
  index: number;
}

const punctuation = /[\p{P}\p{S}]/u;

/** Tells whether a run between two characters may open or close (CommonMark's flanking rules). */
export function delimiter(before: string, run: string, after: string, unfinished: boolean): Delimiter {
  const spaceBefore = !before || /\s/.test(before);
  const spaceAfter = !after || /\s/.test(after);
  const markBefore = punctuation.test(before);
  const markAfter = punctuation.test(after);
  const left = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const right = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  const character = run[0]!;
  const word = character === '_';
  return {
    type: 'delimiter',
    character,
    count: run.length,
    length: run.length,
    opens: left && (!word || !right || markBefore),
    closes: right && (!word || !left || markAfter),
    unfinished,
  };
}

function isDelimiter(piece: Piece): piece is Delimiter {
  return typeof piece === 'object' && piece.type === 'delimiter';
}

/** Adds text or a node, running neighbouring strings together. */
export function appendInline(list: Piece[], piece: Piece): void {
  const last = list.length - 1;
  if (typeof piece === 'string' && typeof list[last] === 'string') list[last] += piece;
  else if (piece !== '') list.push(piece);
}

/** Delimiters that found no partner are text. */
function asText(pieces: Piece[]): Inline[] {
  const out: Inline[] = [];
  for (const piece of pieces) {
    appendInline(out, isDelimiter(piece) ? piece.character.repeat(piece.count) : piece);
  }
  return out;
}

function fits(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.character !== closer.character) return false;
  if (opener.character === '~') return opener.length === closer.length;
  return (
    !(opener.closes || closer.opens) || closer.length % 3 === 0 || (opener.length + closer.length) % 3 !== 0
  );
}

/** Wraps what follows an opener into a span of `used` marks. */
function wrap(out: Piece[], { delimiter: opener, index }: Opener, used: number): void {
  const children = asText(out.splice(index + 1));
  const type = opener.character === '~' ? 'deleted' : used === 2 ? 'strong' : 'emphasis';
  opener.count -= used;
  if (!opener.count) out.pop();
  out.push({ type, children });
}

function close(out: Piece[], stack: Opener[], closer: Delimiter): void {
  while (closer.count) {
    const at = stack.findLastIndex((opener) => fits(opener.delimiter, closer));
    const opener = stack[at];
    if (!opener) return;
    stack.length = at + 1;
    const both = opener.delimiter.count > 1 && closer.count > 1;
    const used = closer.character === '~' ? closer.count : both ? 2 : 1;
    wrap(out, opener, used);
    closer.count -= used;
    if (!opener.delimiter.count) stack.pop();
  }
}

/** A text still arriving is shown as if its open spans were closed at the end. */
function completeOpen(out: Piece[], stack: Opener[]): void {
  for (let opener = stack.pop(); opener; opener = stack.pop()) {
    if (!opener.delimiter.unfinished) continue;
    if (opener.index === out.length - 1) out.pop();
    else while (opener.delimiter.count) wrap(out, opener, Math.min(2, opener.delimiter.count));
  }
}

/**
 * Pairs up delimiters into emphasis, strong and deleted spans, in time linear in the pieces
 * (https://spec.commonmark.org/0.31.2/#an-algorithm-for-parsing-nested-emphasis-and-links).
 */
export function resolveEmphasis(pieces: Piece[]): Inline[] {
  const out: Piece[] = [];
  const stack: Opener[] = [];
  for (const piece of pieces) {
    if (!isDelimiter(piece)) {
      appendInline(out, piece);
      continue;
    }
    if (piece.closes) close(out, stack, piece);
    if (!piece.count) continue;
    const open = stack.reduce((sum, opener) => sum + opener.delimiter.count, 0);
    if (piece.opens && open + piece.count <= maxOpen) {
      stack.push({ delimiter: piece, index: out.length });
      out.push(piece);
    } else {
      appendInline(out, piece.character.repeat(piece.count));
    }
  }
  completeOpen(out, stack);
  return asText(out);
}
