import { BlockParser } from './block-parser.ts';
import type { Block } from './tree.ts';

/**
 * Parses Markdown as it arrives. Only the last open block is parsed again; every block before it stays the same object,
 * so a view can tell by identity what to leave alone. The final tree is that of `parseMarkdown` on the whole text,
 * however the text was cut.
 *
 * @example
 * const stream = new MarkdownStream();
 * stream.append('Hello **wor');
 * stream.blocks; // shows "wor" in bold already
 * stream.append('ld**');
 * stream.end();
 */
export class MarkdownStream {
  #parser = new BlockParser();
  #tail = '';
  #text = '';
  #ended = false;
  #blocks: readonly Block[] | undefined;

  /** Everything appended so far. */
  get text(): string {
    return this.#text;
  }

  /** Whether `end()` was called. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The tree so far; the same array until more text arrives. */
  get blocks(): readonly Block[] {
    return (this.#blocks ??= this.#parser.preview(this.#tail.replace(/\r$/, '')));
  }

  /** Adds the next piece of text; after `end()` it starts no new text and is ignored. */
  append(text: string): void {
    if (this.#ended || !text) return;
    this.#text += text;
    this.#blocks = undefined;
    // The part of the tail that was searched before holds no line ending, but for a last "\r" that may precede "\n".
    const ending = /\r\n|\n|\r(?!$)/g;
    const from = this.#tail.endsWith('\r') ? this.#tail.length - 1 : this.#tail.length;
    const source = this.#tail + text;
    ending.lastIndex = from;
    let start = 0;
    for (let match = ending.exec(source); match; match = ending.exec(source)) {
      this.#parser.line(source.slice(start, match.index));
      start = ending.lastIndex;
    }
    this.#tail = source.slice(start);
  }

  /**
   * Brings the stream to `text`: appends what is new, or starts again when the text is not a continuation of what came
   * before (a backend that replaces its answer).
   */
  update(text: string): void {
    if (!text.startsWith(this.#text) || (this.#ended && text !== this.#text)) this.#reset();
    this.append(text.slice(this.#text.length));
  }

  /** Says that the text is complete: what is unfinished is now shown as it was written. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const tail = this.#tail.endsWith('\r') ? this.#tail.slice(0, -1) : this.#tail;
    if (tail) this.#parser.line(tail);
    this.#blocks = this.#parser.finish();
  }

  #reset(): void {
    this.#parser = new BlockParser();
    this.#tail = '';
    this.#text = '';
    this.#ended = false;
    this.#blocks = undefined;
  }
}

/** Parses a whole Markdown text; never throws, and takes time in proportion to its length. */
export function parseMarkdown(text: string): readonly Block[] {
  const stream = new MarkdownStream();
  stream.append(text);
  stream.end();
  return stream.blocks;
}
