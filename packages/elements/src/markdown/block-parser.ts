import { ArrivingText } from './arriving-text.ts';
import {
  isRule,
  isUndecided,
  readFence,
  readHeading,
  readListMarker,
  underlineLevel,
} from './block-starts.ts';
import { unescapeText } from './character-references.ts';
import { parseInline, type InlineContext } from './inline-parser.ts';
import { LineCursor } from './line-cursor.ts';
import { isParent, LinkReferences } from './link-references.ts';
import { readDefinition } from './link-syntax.ts';
import { delimiterRow, splitRow } from './table-syntax.ts';
import type { Alignment, Block, CodeBlock, ParentBlock, TableBlock, TextBlock } from './tree.ts';

/** An open block, and what its next line needs to know. */
interface Frame {
  node: Block;
  /** The raw text of a paragraph or code block so far. */
  text: string;
  /** Columns its content stands in from its parent: list entries and fences. */
  indent: number;
  /** The character of a fence or list marker; empty for indented code. */
  marker: string;
  /** Length of the opening fence, or of the code text up to its last line that is not blank. */
  length: number;
  /** Number of the last blank line that separates its children. */
  blankLine: number;
}

/** Containers deeper than this are read as text: bounds the work per line and the depth of the tree. */
const maxOpen = 32;

/**
 * Reads Markdown line by line into blocks. Nothing read is ever read again, so a text may come in parts: feed complete
 * lines to `line()`, ask `preview()` for the tree as if the text ended here, and call `finish()` at its end.
 *
 * It follows CommonMark 0.31 and GFM, with these differences: HTML has no meaning and stays text, and nesting is capped.
 */
export class BlockParser {
  #frames: Frame[] = [];
  #number = 0;
  #references = new LinkReferences();
  #preview = false;
  #arriving = new ArrivingText();

  constructor() {
    this.#push({ type: 'root', children: [] });
  }

  /** Reads one complete line, without its line ending. */
  line(text: string): void {
    this.#number++;
    const cursor = new LineCursor(text.replaceAll('\0', '\ufffd'));
    let matched = 1;
    for (; matched < this.#frames.length; matched++) {
      const next = this.#continues(this.#frames[matched]!, cursor);
      if (next === 'closed') return;
      if (!next) break;
    }
    const verbatim = matched === this.#frames.length && this.#tip.node.type === 'code';
    let started: 'container' | 'leaf' | undefined;
    let opened = false;
    while (!verbatim && (started = this.#start(cursor, matched))) {
      if (started === 'leaf') return;
      matched = this.#frames.length;
      opened = true;
    }
    this.#text(cursor, matched, opened);
  }

  /** Closes every open block and gives the finished tree. */
  finish(): Block[] {
    this.#closeTo(1);
    this.#refresh();
    return (this.#frames[0]!.node as ParentBlock).children;
  }

  /**
   * The tree as it stands, `tail` being the beginning of the next line. Blocks already closed are the same objects each
   * time; unfinished marks at the very end are completed or held back. Changes nothing.
   */
  preview(tail: string): Block[] {
    this.#refresh();
    const copy = new BlockParser();
    copy.#preview = true;
    copy.#number = this.#number;
    copy.#references = this.#references;
    copy.#arriving = this.#arriving;
    copy.#frames = this.#frames.map((frame) => ({
      ...frame,
      node: isParent(frame.node)
        ? ({ ...frame.node, children: [...frame.node.children] } as ParentBlock)
        : { ...frame.node },
    }));
    for (const [index, { node }] of copy.#frames.entries()) {
      const child = copy.#frames[index + 1]?.node;
      if (child && isParent(node)) node.children[node.children.length - 1] = child;
    }
    const fence = copy.#tip.node.type === 'code' && copy.#tip.marker !== '';
    if (fence ? !/^\s*(?:`+|~+)\s*$/.test(tail) && tail !== '' : !isUndecided(tail)) copy.line(tail);
    copy.#completeTable();
    return copy.finish();
  }

  get #tip(): Frame {
    return this.#frames.at(-1)!;
  }

  #push(node: Block): Frame {
    const frame = { node, text: '', indent: 0, marker: '', length: 0, blankLine: -1 };
    this.#frames.push(frame);
    return frame;
  }

  /** Adds a block to the deepest open container, closing what cannot contain it. */
  #open(node: Block): Frame {
    const inside = { item: 'list', row: 'table' }[node.type as string];
    for (;;) {
      const type = this.#tip.node.type;
      if (inside ? type === inside : type === 'root' || type === 'quote' || type === 'item') break;
      this.#closeTo(this.#frames.length - 1);
    }
    const parent = this.#tip;
    const { children } = parent.node as { children: Block[] };
    const list = node.type === 'item' ? parent : this.#frames.at(-2);
    if (list?.node.type === 'list' && children.length && parent.blankLine === this.#number - 1) {
      list.node.loose = true;
    }
    children.push(node);
    return this.#push(node);
  }

  #continues(frame: Frame, cursor: LineCursor): boolean | 'closed' {
    switch (frame.node.type) {
      case 'quote':
        return this.#skipQuoteMark(cursor);
      case 'item':
        if (cursor.blank) {
          cursor.advance(cursor.indent);
          return frame.node.children.length > 0;
        }
        if (cursor.indent < frame.indent) return false;
        cursor.advance(frame.indent);
        return true;
      case 'code':
        return frame.marker ? this.#continuesFence(frame, cursor) : this.#continuesIndented(cursor);
      case 'paragraph':
      case 'table':
        return !cursor.blank;
      default:
        return true;
    }
  }

  #skipQuoteMark(cursor: LineCursor): boolean {
    if (cursor.indent > 3 || cursor.text[cursor.next] !== '>') return false;
    cursor.skip(1);
    if (cursor.indent) cursor.advance(1);
    return true;
  }

  #continuesIndented(cursor: LineCursor): boolean {
    if (!cursor.blank && cursor.indent < 4) return false;
    cursor.advance(4);
    return true;
  }

  #continuesFence(frame: Frame, cursor: LineCursor): boolean | 'closed' {
    const marks = cursor.indent < 4 ? /^(?:`{3,}|~{3,})(?=[ \t]*$)/.exec(cursor.trimmed)?.[0] : undefined;
    if (marks && marks[0] === frame.marker && marks.length >= frame.length) {
      this.#closeTo(this.#frames.indexOf(frame));
      return 'closed';
    }
    cursor.advance(Math.min(cursor.indent, frame.indent));
    return true;
  }

  /** Opens the block that begins here, if one does. */
  #start(cursor: LineCursor, matched: number): 'container' | 'leaf' | undefined {
    if (cursor.blank) return undefined;
    if (cursor.indent > 3) return this.#startIndented(cursor, matched);
    return this.#startLeaf(cursor, matched) ?? this.#startContainer(cursor, matched);
  }

  #startIndented(cursor: LineCursor, matched: number): 'leaf' | undefined {
    if (this.#tip.node.type === 'paragraph') return undefined;
    this.#closeTo(matched);
    cursor.advance(4);
    this.#addCode(this.#open({ type: 'code', language: '', text: '' }), cursor.rest);
    return 'leaf';
  }

  #startLeaf(cursor: LineCursor, matched: number): 'leaf' | undefined {
    const line = cursor.trimmed;
    const heading = readHeading(line);
    if (heading) {
      this.#closeTo(matched);
      const node: TextBlock = { type: 'heading', level: heading.level, children: [] };
      this.#open(node);
      this.#frames.pop();
      this.#setText(node, heading.text);
      return 'leaf';
    }
    const fence = readFence(line);
    if (fence) {
      this.#closeTo(matched);
      // A preview may see only half of the language's name.
      const language = this.#preview ? '' : unescapeText(fence.info).split(/\s/, 1)[0]!;
      const indent = cursor.indent;
      const frame = this.#open({ type: 'code', language, text: '' });
      Object.assign(frame, { indent, marker: fence.marks[0], length: fence.marks.length });
      return 'leaf';
    }
    const paragraph = matched === this.#frames.length && this.#tip.node.type === 'paragraph';
    if (paragraph && (this.#startTable(line) || this.#underline(line))) return 'leaf';
    if (!isRule(line)) return undefined;
    this.#closeTo(matched);
    this.#open({ type: 'rule' });
    this.#frames.pop();
    return 'leaf';
  }

  #startContainer(cursor: LineCursor, matched: number): 'container' | undefined {
    if (this.#frames.length > maxOpen) return undefined;
    if (this.#skipQuoteMark(cursor)) {
      this.#closeTo(matched);
      this.#open({ type: 'quote', children: [] });
      return 'container';
    }
    const above = this.#frames[matched - 1]!;
    const marker = readListMarker(cursor, above.node.type === 'paragraph');
    if (!marker) return undefined;
    this.#closeTo(matched);
    if (this.#tip.node.type !== 'list' || this.#tip.marker !== marker.kind) {
      if (this.#tip.node.type === 'list') this.#closeTo(this.#frames.length - 1);
      this.#open({ type: 'list', start: marker.start, loose: false, children: [] }).marker = marker.kind;
    }
    this.#open({ type: 'item', children: [] }).indent = marker.indent;
    return 'container';
  }

  /** Turns the open paragraph into a heading. */
  #underline(line: string): boolean {
    const level = underlineLevel(line);
    if (!level) return false;
    const frame = this.#tip;
    frame.text = this.#withoutDefinitions(frame.text);
    if (!frame.text) return false;
    Object.assign(frame.node, { type: 'heading', level });
    this.#setText(frame.node as TextBlock, frame.text.trimEnd());
    this.#frames.pop();
    return true;
  }

  /** Turns the last line of the open paragraph into the header of a table. */
  #startTable(line: string): boolean {
    const align = delimiterRow(line);
    if (!align) return false;
    const { text } = this.#tip;
    const start = text.lastIndexOf('\n') + 1;
    if (splitRow(text.slice(start)).length !== align.length) return false;
    this.#makeTable(start, align);
    return true;
  }

  #makeTable(start: number, align: Alignment[]): void {
    const frame = this.#tip;
    const header = frame.text.slice(start);
    frame.text = frame.text.slice(0, start);
    this.#closeTo(this.#frames.length - 1);
    this.#open({ type: 'table', align, children: [] });
    this.#addRow(header);
  }

  /** In a preview, a line that begins with `|` is shown as the table it is about to head. */
  #completeTable(): void {
    const { node, text } = this.#tip;
    if (node.type === 'paragraph' && text.startsWith('|') && !text.includes('\n')) this.#makeTable(0, []);
  }

  #text(cursor: LineCursor, matched: number, opened: boolean): void {
    const lazy = !cursor.blank && !opened && this.#tip.node.type === 'paragraph';
    if (!lazy) this.#closeTo(matched);
    const { node } = this.#tip;
    if (cursor.blank && !opened) this.#markBlank(matched);
    if (node.type === 'code') {
      this.#addCode(this.#tip, cursor.rest);
    } else if (!cursor.blank && node.type === 'table') {
      this.#addRow(cursor.trimmed);
    } else if (!cursor.blank && node.type === 'paragraph') {
      this.#tip.text += `\n${cursor.trimmed}`;
    } else if (!cursor.blank) {
      this.#open({ type: 'paragraph', level: 0, children: [] }).text = cursor.trimmed;
    }
  }

  /** A blank line separates the children of every block it stands in, up to the innermost quotation. */
  #markBlank(matched: number): void {
    for (let index = matched - 1; index >= 0; index--) {
      const frame = this.#frames[index]!;
      if (frame.node.type === 'code' && frame.marker) return;
      frame.blankLine = this.#number;
      if (frame.node.type === 'quote') return;
    }
  }

  #addCode(frame: Frame, line: string): void {
    frame.text += `${line}\n`;
    if (!frame.marker && line.trim()) frame.length = frame.text.length;
  }

  #addRow(line: string): void {
    const table = this.#tip.node as TableBlock;
    const cells = splitRow(line).slice(0, table.children.length ? table.align.length : undefined);
    const row = cells.map((text): TextBlock => {
      const cell: TextBlock = { type: 'cell', level: 0, children: [] };
      this.#setText(cell, text);
      return cell;
    });
    table.children.push({ type: 'row', children: row });
  }

  /** Closes open blocks, innermost first, until `count` are left. */
  #closeTo(count: number): void {
    while (this.#frames.length > count) {
      const frame = this.#frames.pop()!;
      if (frame.node.type === 'paragraph') this.#closeParagraph(frame.node, frame.text);
      else if (frame.node.type === 'code') this.#closeCode(frame, frame.node);
    }
  }

  #closeCode(frame: Frame, node: CodeBlock): void {
    node.text = frame.marker ? frame.text : frame.text.slice(0, frame.length);
  }

  #closeParagraph(node: TextBlock, raw: string): void {
    const parent = this.#tip.node as ParentBlock;
    let text = this.#withoutDefinitions(raw).trimEnd();
    if (this.#preview && /^\[[^[\]]*\]:[^\n]*$/.test(text)) text = '';
    if (parent.type === 'item' && parent.children.length === 1) {
      const [task, mark] = /^\[([ xX])\]\s+(?=\S)/.exec(text) ?? [];
      if (task) {
        parent.checked = mark !== ' ';
        text = text.slice(task.length);
      }
    }
    if (text) this.#setText(node, text);
    else parent.children.pop();
  }

  /** Takes link reference definitions off the beginning of a paragraph. */
  #withoutDefinitions(text: string): string {
    let start = 0;
    for (let found = readDefinition(text, 0); found; found = readDefinition(text, start)) {
      start = found.end;
      if (!this.#preview) this.#references.define(found.label, found.url);
    }
    return text.slice(start);
  }

  #setText(node: TextBlock, text: string): void {
    const missed = new Set<string>();
    if (this.#preview && node.type === 'paragraph') {
      node.children = this.#arriving.parse(text, this.#context(missed));
    } else {
      node.children = parseInline(text, this.#context(missed));
    }
    if (!this.#preview) this.#references.wait(node, text, missed);
  }

  #context(missed: Set<string>): InlineContext {
    return { references: this.#references.urls, missed, unfinished: this.#preview };
  }

  /** Brings text to life whose link definitions came after it. */
  #refresh(): void {
    if (this.#preview) return;
    this.#references.refresh(
      this.#frames.map(({ node }) => node),
      (text, missed) => parseInline(text, this.#context(missed)),
    );
  }
}
