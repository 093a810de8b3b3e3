/** How a table column is aligned; `undefined` where the author said nothing. */
export type Alignment = 'left' | 'center' | 'right' | undefined;

/** A piece of running text: a plain string, or a marked-up span. */
export type Inline =
  | string
  | { type: 'emphasis' | 'strong' | 'deleted'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; url: string; children: Inline[] }
  | { type: 'image'; url: string; alt: string }
  | { type: 'break' }
  /** Part of a paragraph that is still arriving; never in a finished tree. */
  | { type: 'run'; children: Inline[] };

/** A block that holds running text. */
export interface TextBlock {
  type: 'paragraph' | 'heading' | 'cell';
  /** 1 to 6 for a heading, else 0. */
  level: number;
  children: Inline[];
}

/** A code block, fenced or indented; `language` is the first word after the fence, or empty. */
export interface CodeBlock {
  type: 'code';
  language: string;
  text: string;
}

/** A block that holds blocks: the document itself, a quotation, or one entry of a list. */
export interface ContainerBlock {
  type: 'root' | 'quote' | 'item';
  /** Whether a task is done, for list entries that begin with `[ ]` or `[x]`. */
  checked?: boolean;
  children: Block[];
}

/** A list; `start` is the first number of an ordered one, `loose` asks for space between entries. */
export interface ListBlock {
  type: 'list';
  start: number | undefined;
  loose: boolean;
  children: Block[];
}

/** A table; the first row is its header. A row may have fewer cells than the header. */
export interface TableBlock {
  type: 'table';
  align: Alignment[];
  children: RowBlock[];
}

/** One row of a table. */
export interface RowBlock {
  type: 'row';
  children: TextBlock[];
}

/** A thematic break. */
export interface RuleBlock {
  type: 'rule';
}

/** One node of the block tree. */
export type Block = TextBlock | CodeBlock | ContainerBlock | ListBlock | TableBlock | RowBlock | RuleBlock;

/** The blocks that contain other blocks. */
export type ParentBlock = ContainerBlock | ListBlock | TableBlock | RowBlock;
