/**
 * A place in one line of Markdown, counted in characters and in columns: a tab reaches to the next multiple of four
 * and may be used up in part.
 */
export class LineCursor {
  readonly text: string;
  /** Index of the next character to read. */
  offset = 0;
  /** Index of the next character that is neither space nor tab. */
  next = 0;
  /** Columns of white space before `next`. */
  indent = 0;
  #column = 0;
  #insideTab = false;

  constructor(text: string) {
    this.text = text;
    this.#look();
  }

  /** Whether only white space is left. */
  get blank(): boolean {
    return this.next >= this.text.length;
  }

  /** What is left, from the first character that is not white space. */
  get trimmed(): string {
    return this.text.slice(this.next);
  }

  /** What is left, with a partly used tab as spaces. */
  get rest(): string {
    return this.#insideTab
      ? ' '.repeat(4 - (this.#column % 4)) + this.text.slice(this.offset + 1)
      : this.text.slice(this.offset);
  }

  /** Moves past `columns` columns, stopping inside a tab when it is wider. */
  advance(columns: number): void {
    while (columns > 0 && this.offset < this.text.length) {
      const width = this.text[this.offset] === '\t' ? 4 - (this.#column % 4) : 1;
      const used = Math.min(width, columns);
      columns -= used;
      this.#column += used;
      this.#insideTab = used < width;
      if (!this.#insideTab) this.offset++;
    }
    this.#look();
  }

  /** Moves past the leading white space and `characters` characters after it. */
  skip(characters: number): void {
    this.advance(this.indent + characters);
  }

  #look(): void {
    let column = this.#column;
    let index = this.offset;
    for (; index < this.text.length; index++) {
      if (this.text[index] === ' ') column++;
      else if (this.text[index] === '\t') column += 4 - (column % 4);
      else break;
    }
    this.next = index;
    this.indent = column - this.#column;
  }
}
