/** A piece of text without marks, or the number of an article that was cited. */
export type MarkedPiece = { readonly text: string } | { readonly cited: number };

const MARK = /[ \u00A0]?\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\](?!\()/gu;
/** What may still become a mark, or the bracket after one that makes it a link. */
const BEGUN = /[ \u00A0]?(?:\[(?:\d[\d\s,]{0,10}\]?)?)?$/u;

/** Takes marks such as `[1]` out of streamed text; a mark parted between two pieces is found too. */
export class CitationMarks {
  #pending = '';

  push(text: string): MarkedPiece[] {
    this.#pending += text;
    const begun = BEGUN.exec(this.#pending)?.index ?? this.#pending.length;
    const complete = this.#pending.slice(0, begun);
    this.#pending = this.#pending.slice(begun);
    return this.#part(complete);
  }

  flush(): MarkedPiece[] {
    const rest = this.#pending;
    this.#pending = '';
    return this.#part(rest);
  }

  #part(text: string): MarkedPiece[] {
    const cited = [...text.matchAll(MARK)].flatMap((mark) => (mark[1] ?? '').split(',').map(Number));
    const bare = text.replace(MARK, '');
    return [...(bare === '' ? [] : [{ text: bare }]), ...cited.map((number) => ({ cited: number }))];
  }
}
