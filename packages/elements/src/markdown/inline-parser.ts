import { bareAutolink, pointyAutolink } from './autolink.ts';
import { characterReference } from './character-references.ts';
import { appendInline, delimiter, resolveEmphasis, type Piece } from './emphasis.ts';
import { normalizeLabel, readLabel, readResource, type Found } from './link-syntax.ts';
import type { Inline } from './tree.ts';

/** What an inline parse needs to know from around the text. */
export interface InlineContext {
  /** Link destinations by normalised label. */
  references: ReadonlyMap<string, string>;
  /** Collects the normalised labels that were looked up in vain: a later definition can bring them to life. */
  missed: Set<string>;
  /** Whether the text is still arriving: what is unfinished at its end is then shown calmly. */
  unfinished: boolean;
}

interface Bracket {
  image: boolean;
  /** Where its text begins in the source. */
  start: number;
  /** Where its content begins among the pieces. */
  index: number;
  /** Whether another bracket came after it: then it cannot be a label. */
  nested: boolean;
}

const plainText = /(?:[^\\`*_~[\]!<&\n]+|(?<=[a-z\d])_+(?=[a-z\d]))+/iy;
const htmlTag =
  /<(?:\/[a-z][a-z\d-]*\s*|[a-z][a-z\d-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?)>/iy;
const escapable = /[!-/:-@[-`{-~]/;

/** Longer runs of marks are decoration, not markup. */
const maxRun = 32;

/** Cuts what may be the beginning of a mark off the end of a text that is still arriving. */
function withoutUnfinishedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '*_~`'.includes(text[end - 1]!)) end--;
  const tail = /(?:\\|&#?[a-z\d]{0,8}|<(?:ht{0,2}p?s?(?::[^\s>]*)?)?)$/.exec(
    text.slice(Math.max(0, end - 400), end),
  );
  if (tail?.[0].startsWith('<') && tail[0].length > 1) {
    return text.slice(0, end - tail[0].length) + tail[0].slice(1);
  }
  return tail ? text.slice(0, end - tail[0].length) : text.slice(0, end);
}

/** Scans one text for spans; every character is looked at a bounded number of times. */
class InlineParser {
  readonly #text: string;
  readonly #context: InlineContext;
  readonly #lastLine: number;
  readonly #brackets: Bracket[] = [];
  readonly #missingFences = new Set<number>();
  #pieces: Piece[] = [];
  #position = 0;
  /** Brackets below this height stand outside a link already made, and can no longer make one themselves. */
  #linkBarrier = 0;
  #openAtEnd = false;

  constructor(text: string, context: InlineContext) {
    this.#text = context.unfinished ? withoutUnfinishedEnd(text) : text;
    this.#context = context;
    this.#lastLine = context.unfinished ? this.#text.lastIndexOf('\n') : Infinity;
  }

  parse(): Inline[] {
    while (this.#position < this.#text.length) this.#step();
    this.#openAtEnd = this.#brackets.length > 0;
    this.#returnBrackets();
    return resolveEmphasis(this.#pieces);
  }

  /** Whether nothing in the text waits for a partner that text after it could bring; ask after `parse()`. */
  get settled(): boolean {
    const waits = this.#pieces.some(
      (piece) => typeof piece === 'object' && piece.type === 'delimiter' && piece.opens && piece.count > 0,
    );
    return !waits && !this.#missingFences.size && !this.#openAtEnd;
  }

  #step(): void {
    switch (this.#text[this.#position]) {
      case '\\':
        return this.#backslash();
      case '`':
        return this.#codeSpan();
      case '*':
      case '_':
      case '~':
        return this.#delimiterRun();
      case '[':
        return this.#openBracket(false);
      case '!':
        return this.#text[this.#position + 1] === '[' ? this.#openBracket(true) : this.#take(1);
      case ']':
        return this.#closeBracket();
      case '<':
        return this.#angle();
      case '&':
        return this.#reference();
      case '\n':
        return this.#take(1);
      default:
        return this.#plainText();
    }
  }

  #push(piece: Piece, end: number): void {
    appendInline(this.#pieces, piece);
    this.#position = end;
  }

  /** Takes characters as they stand. */
  #take(count: number): void {
    this.#push(this.#text.slice(this.#position, this.#position + count), this.#position + count);
  }

  #plainText(): void {
    plainText.lastIndex = this.#position;
    const runEnd = this.#position + (plainText.exec(this.#text)?.[0].length ?? 1);
    let end = runEnd;
    if (this.#text[end] === '\n') while (/[ \t]/.test(this.#text[end - 1] ?? '')) end--;
    while (this.#position < end) {
      const link = bareAutolink(this.#text, this.#position, end);
      if (!link) break;
      this.#take(link.start - this.#position);
      // An address still being written becomes a link once it is whole.
      const partial = this.#context.unfinished && /^[^\s<]*$/.test(this.#text.slice(link.end));
      this.#push(partial ? this.#text.slice(link.start, link.end) : link.node, link.end);
    }
    if (this.#position < end) this.#take(end - this.#position);
    if (this.#position === end && end < runEnd) this.#endOfLine(runEnd);
  }

  /** Spaces before a line break are not text; two of them make the break a hard one. */
  #endOfLine(end: number): void {
    if (this.#text.endsWith('  ', end)) this.#push({ type: 'break' }, end + 1);
    else this.#position = end;
  }

  #backslash(): void {
    const next = this.#text[this.#position + 1];
    if (next === '\n') {
      this.#push({ type: 'break' }, this.#position + 2);
    } else if (next && escapable.test(next)) {
      this.#push(next, this.#position + 2);
    } else {
      this.#take(1);
    }
  }

  #runLength(character: string): number {
    let end = this.#position;
    while (this.#text[end] === character) end++;
    return end - this.#position;
  }

  #codeSpan(): void {
    const length = this.#runLength('`');
    const start = this.#position + length;
    const end = this.#closingFence(start, length);
    if (end >= 0) return this.#push(this.#code(start, end), end + length);
    if (this.#position > this.#lastLine && start < this.#text.length) {
      return this.#push(this.#code(start, this.#text.length), this.#text.length);
    }
    this.#take(length);
  }

  /** Where the run of exactly `length` backticks begins that closes a code span, or -1. */
  #closingFence(start: number, length: number): number {
    if (this.#missingFences.has(length)) return -1;
    for (let at = this.#text.indexOf('`', start); at >= 0; at = this.#text.indexOf('`', at)) {
      const from = at;
      while (this.#text[at] === '`') at++;
      if (at - from === length) return from;
    }
    this.#missingFences.add(length);
    return -1;
  }

  #code(start: number, end: number): Inline {
    const text = this.#text.slice(start, end).replaceAll('\n', ' ');
    const padded = text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '';
    return { type: 'code', text: padded ? text.slice(1, -1) : text };
  }

  #delimiterRun(): void {
    const character = this.#text[this.#position]!;
    const length = this.#runLength(character);
    if (length > (character === '~' ? 2 : maxRun)) return this.#take(length);
    const end = this.#position + length;
    const before = this.#characterBefore(this.#position);
    const after = String.fromCodePoint(this.#text.codePointAt(end) ?? 0x20);
    const run = this.#text.slice(this.#position, end);
    this.#push(delimiter(before, run, after, this.#position > this.#lastLine), end);
  }

  #characterBefore(position: number): string {
    const unit = this.#text.charCodeAt(position - 1);
    const low = unit >= 0xdc00 && unit < 0xe000;
    return this.#text.slice(Math.max(0, position - (low ? 2 : 1)), position);
  }

  #openBracket(image: boolean): void {
    const start = this.#position + (image ? 2 : 1);
    const outer = this.#brackets.at(-1);
    if (outer) outer.nested = true;
    // An empty piece keeps the bracket's place, so that neighbouring text does not run together over it.
    this.#pieces.push('');
    this.#brackets.push({ image, start, index: this.#pieces.length, nested: false });
    this.#pieces.push('');
    this.#position = start;
  }

  #closeBracket(): void {
    const bracket = this.#brackets.pop();
    if (!bracket) return this.#take(1);
    const height = this.#brackets.length;
    const target =
      bracket.image || height >= this.#linkBarrier ? this.#target(bracket, this.#position + 1) : undefined;
    this.#linkBarrier = Math.min(this.#linkBarrier, height);
    if (target) return this.#makeLink(bracket, target);
    if (
      bracket.start > this.#lastLine &&
      /^(?:\([^)]*|\[[^\]]*)?$/.test(this.#text.slice(this.#position + 1))
    ) {
      this.#position = this.#text.length;
      return;
    }
    this.#pieces[bracket.index - 1] = bracket.image ? '![' : '[';
    this.#take(1);
  }

  /** The destination that follows the closing bracket: in parentheses, by a label, or by the text itself. */
  #target(bracket: Bracket, after: number): Found | undefined {
    const resource = readResource(this.#text, after);
    if (resource) return resource;
    const named = readLabel(this.#text, after);
    if (!named && bracket.nested) return undefined;
    const own = this.#text.slice(bracket.start, Math.min(this.#position, bracket.start + 1000));
    const label = normalizeLabel(named ? named.value : own);
    if (!label || own.length > 999) return undefined;
    const url = this.#context.references.get(label);
    if (url === undefined) this.#context.missed.add(label);
    const end = named ? named.end : this.#text.startsWith('[]', after) ? after + 2 : after;
    return url === undefined ? undefined : { value: url, end };
  }

  #makeLink(bracket: Bracket, target: Found): void {
    const children = resolveEmphasis(this.#pieces.splice(bracket.index));
    this.#pieces.pop();
    if (bracket.image) {
      this.#push({ type: 'image', url: target.value, alt: plainInline(children) }, target.end);
    } else {
      this.#linkBarrier = this.#brackets.length;
      this.#push({ type: 'link', url: target.value, children: withoutLinks(children) }, target.end);
    }
  }

  /** Brackets that nothing closed are text, or are not shown while the text may still go on to close them. */
  #returnBrackets(): void {
    for (const { image, start, index } of this.#brackets) {
      this.#pieces[index - 1] = start > this.#lastLine ? '' : image ? '![' : '[';
    }
  }

  #angle(): void {
    const link = pointyAutolink(this.#text, this.#position);
    if (link) {
      return this.#push(link.node, link.end);
    }
    htmlTag.lastIndex = this.#position;
    this.#take(htmlTag.exec(this.#text)?.[0].length ?? 1);
  }

  #reference(): void {
    const found = characterReference(this.#text, this.#position);
    if (found) this.#push(found.value, found.end);
    else this.#take(1);
  }
}

/** The words of running text, without any marks. */
export function plainInline(children: readonly Inline[]): string {
  return children
    .map((child) => {
      if (typeof child === 'string') return child;
      if (child.type === 'image') return child.alt;
      if (child.type === 'code') return child.text;
      return child.type === 'break' ? '\n' : plainInline(child.children);
    })
    .join('');
}

/** A link cannot stand inside a link: a bare address in its text stays text. */
function withoutLinks(children: Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const child of children) {
    if (typeof child === 'object' && child.type === 'link') {
      for (const inner of child.children) appendInline(out, inner);
    } else if (typeof child === 'object' && 'children' in child) {
      out.push({ ...child, children: withoutLinks(child.children) });
    } else {
      appendInline(out, child);
    }
  }
  return out;
}

/** Parses running text into spans. */
export function parseInline(text: string, context: InlineContext): Inline[] {
  return new InlineParser(text, context).parse();
}

/** Parses the beginning of a text, or gives nothing when what follows could change how it reads. */
export function parseSettled(text: string, context: InlineContext): Inline[] | undefined {
  const parser = new InlineParser(text, { ...context, unfinished: false });
  const children = parser.parse();
  return parser.settled ? children : undefined;
}
