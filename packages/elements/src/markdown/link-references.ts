import type { Block, Inline, ParentBlock, TextBlock } from './tree.ts';

/** Parses text again; tells which labels it looked up in vain. */
export type ParseAgain = (text: string, missed: Set<string>) => Inline[];

/** Whether a block holds blocks rather than running text. */
export function isParent(block: Block): block is ParentBlock {
  return 'children' in block && !('level' in block);
}

/**
 * Link reference definitions, and the texts that asked for one in vain: a definition may come after its use, when the
 * text that uses it has long been parsed.
 */
export class LinkReferences {
  /** Destinations by normalised label. */
  readonly urls = new Map<string, string>();
  readonly #waiting = new WeakMap<Block, { text: string; missed: Set<string> }>();
  readonly #missed = new Set<string>();
  #found = new Set<string>();

  /** Adds a definition; the first one of a label counts. */
  define(label: string, url: string): void {
    if (this.urls.has(label)) return;
    this.urls.set(label, url);
    if (this.#missed.has(label)) this.#found.add(label);
  }

  /** Remembers a text that needs labels which are not defined yet. */
  wait(block: TextBlock, text: string, missed: Set<string>): void {
    if (!missed.size) return;
    this.#waiting.set(block, { text, missed });
    for (const label of missed) this.#missed.add(label);
  }

  /**
   * Parses again, in the closed children of the open blocks, the texts whose labels have been defined since the last
   * call. What changes becomes new objects, so that a view sees it.
   */
  refresh(open: readonly Block[], parse: ParseAgain): void {
    if (!this.#found.size) return;
    const found = this.#found;
    this.#found = new Set();
    for (const [index, block] of open.entries()) {
      if (!isParent(block)) continue;
      block.children = block.children.map((child) =>
        child === open[index + 1] ? child : this.#refreshed(child, found, parse),
      );
    }
  }

  #refreshed(block: Block, found: Set<string>, parse: ParseAgain): Block {
    const waiting = this.#waiting.get(block);
    if (waiting) {
      if (![...waiting.missed].some((label) => found.has(label))) return block;
      const missed = new Set<string>();
      const fresh = { ...(block as TextBlock), children: parse(waiting.text, missed) };
      this.wait(fresh, waiting.text, missed);
      return fresh;
    }
    if (!isParent(block)) return block;
    const children = block.children.map((child) => this.#refreshed(child, found, parse));
    const changed = children.some((child, index) => child !== block.children[index]);
    return changed ? ({ ...block, children } as ParentBlock) : block;
  }
}
