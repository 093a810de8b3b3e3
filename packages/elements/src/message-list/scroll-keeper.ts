import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What the keeper needs of the list it serves. */
export interface ScrollHost extends ReactiveControllerHost {
  readonly scroller: HTMLElement | null;
  /** Called when the end is reached or left, and when the top comes near. */
  scrollChanged(atEnd: boolean, nearTop: boolean): void;
}

/** Closer to the end than this still counts as at the end, in CSS pixels. */
const endSlack = 48;
/** Closer to the top than this asks for earlier messages. */
const topSlack = 240;

/**
 * Keeps a transcript where its reader wants it: at the end, as long as she is there, whatever grows or shrinks; else exactly where
 * she reads, also when earlier messages are put in above.
 *
 * Only the reader leaves the end, by scrolling up. What the layout does to the scroll position meanwhile is no decision of hers.
 */
export class ScrollKeeper implements ReactiveController {
  readonly #host: ScrollHost;
  readonly #sizes = new ResizeObserver(() => this.#follow());
  #scroller: HTMLElement | undefined;
  #lastTop = 0;
  #lastHeight = 0;
  #anchor: { row: Element; offset: number } | undefined;
  /** Whether the view follows the newest message. */
  atEnd = true;

  constructor(host: ScrollHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.#scroller && this.#host.scroller) this.#watch(this.#host.scroller);
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
    this.#scroller?.removeEventListener('scroll', this.#scrolled);
    this.#scroller = undefined;
  }

  #watch(scroller: HTMLElement): void {
    this.#scroller = scroller;
    scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    this.#sizes.observe(scroller);
    for (const child of scroller.children) this.#sizes.observe(child);
    this.#follow();
  }

  readonly #scrolled = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller!;
    const gap = scrollHeight - scrollTop - clientHeight;
    if (gap < endSlack) this.atEnd = true;
    // Where the content has changed since, the browser may have moved it: a typing indicator went, and its message came.
    else if (scrollTop < this.#lastTop - 1 && scrollHeight === this.#lastHeight) this.atEnd = false;
    this.#lastTop = scrollTop;
    this.#lastHeight = scrollHeight;
    this.#host.scrollChanged(this.atEnd, scrollTop < topSlack);
  };

  #follow(): void {
    const scroller = this.#scroller;
    if (!scroller || !this.atEnd) return;
    scroller.scrollTop = this.#lastHeight = scroller.scrollHeight;
    this.#lastTop = scroller.scrollTop;
  }

  /** Goes to the end and stays there. */
  toEnd(smooth = false): void {
    this.atEnd = true;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (smooth && !still) this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight, behavior: 'smooth' });
    else this.#follow();
  }

  /** Call before rows are put in above: remembers where the first row in view ends. Its own head may change with a new neighbour. */
  hold(rows: Iterable<Element>): void {
    if (this.atEnd || !this.#scroller) return;
    const { top } = this.#scroller.getBoundingClientRect();
    for (const row of rows) {
      const { bottom } = row.getBoundingClientRect();
      if (bottom <= top) continue;
      this.#anchor = { row, offset: bottom };
      return;
    }
  }

  /** Call after: the same row stands in the same place again. */
  release(): void {
    if (this.#anchor?.row.isConnected && this.#scroller) {
      this.#scroller.scrollTop += this.#anchor.row.getBoundingClientRect().bottom - this.#anchor.offset;
      this.#lastTop = this.#scroller.scrollTop;
    }
    this.#anchor = undefined;
  }
}
