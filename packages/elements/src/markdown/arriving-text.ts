import { parseInline, parseSettled, type InlineContext } from './inline-parser.ts';
import type { Inline } from './tree.ts';

/** Characters at the end of a paragraph that are parsed anew with each token. */
const open = 800;
/** Characters kept out of what is settled, so that a span near the end may still change. */
const margin = 200;

/**
 * Parses a paragraph that is still growing for its preview. What was read long ago and left nothing open is kept as a
 * `run`, always the same object, so that a token costs the same in a long paragraph as in a short one.
 */
export class ArrivingText {
  #settled = '';
  #runs: Inline[] = [];
  #retryAt = 0;

  /** The spans of `text` as if it ended here. */
  parse(text: string, context: InlineContext): Inline[] {
    if (!text.startsWith(this.#settled)) {
      this.#settled = '';
      this.#runs = [];
      this.#retryAt = 0;
    }
    if (text.length - this.#settled.length > Math.max(open, this.#retryAt)) this.#settle(text, context);
    return [...this.#runs, ...parseInline(text.slice(this.#settled.length), context)];
  }

  #settle(text: string, context: InlineContext): void {
    const rest = text.slice(this.#settled.length);
    const end = rest.lastIndexOf(' ', rest.length - margin);
    const children = end > 0 ? parseSettled(rest.slice(0, end), context) : undefined;
    this.#retryAt = children ? 0 : rest.length + open;
    if (!children) return;
    this.#runs.push({ type: 'run', children });
    this.#settled += rest.slice(0, end);
  }
}
