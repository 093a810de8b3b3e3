/** Holds text back until it is sure that no visible character will be parted. */
export class GraphemeBuffer {
  readonly #segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  #pending = '';

  /** Takes more text and gives back what is complete; the last character waits for what may yet join it. */
  push(text: string): string {
    this.#pending += text;
    // A character is rarely longer than this: only the end needs to be taken apart.
    const tail = Math.max(0, this.#pending.length - 64);
    const start = /[\uDC00-\uDFFF]/u.test(this.#pending.charAt(tail)) ? Math.max(0, tail - 1) : tail;
    // Half a surrogate pair at the end may turn out to join what stands before it.
    const known = this.#pending.slice(start).replace(/[\uD800-\uDBFF]$/u, '');
    const last = [...this.#segmenter.segment(known)].at(-1);
    const end = start + (last?.index ?? 0);
    const complete = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end);
    return complete;
  }

  /** What was held back. */
  flush(): string {
    const rest = this.#pending;
    this.#pending = '';
    return rest;
  }
}

const LONGEST_DELTA = 24;

/** Parts a text for streaming: a word at a time with the space behind it, never inside a visible character. */
export function* textDeltas(text: string): Generator<string> {
  let delta = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    delta += segment;
    if (/^\s/u.test(segment) || delta.length >= LONGEST_DELTA) {
      yield delta;
      delta = '';
    }
  }
  if (delta !== '') yield delta;
}
