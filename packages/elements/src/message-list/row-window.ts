import { Heights } from './heights.ts';

/** What is drawn beyond what can be seen, on either side, in CSS pixels. */
const overscan = 480;
/** Drawn anew when less than this is left of it. */
const reserve = 160;
/** What is drawn beyond at first where nothing is that was drawn before: while the scroll bar is dragged every step is such a place. */
const overscanAfterJump = 200;
/** A selection keeps its lines in the page, as long as they are no more than this. */
const selectable = 300;

/** What its reader says where to go by. */
const asks = ['keydown', 'wheel', 'pointerdown', 'touchstart'] as const;

/** The transcript a window looks at. */
export interface WindowedList {
  readonly scroller: HTMLElement;
  /** What the lines stand in. */
  readonly rows: HTMLElement;
  /** How many messages there are. */
  count(): number;
  /** Whether there are earlier ones that are not here. */
  hasEarlier(): boolean;
  /** Whether its reader is at the end. */
  following(): boolean;
  keyAt(index: number): string;
  /** Where the message with this key stands now; -1 when it is gone. */
  indexOf(key: string): number;
  /** Draws the messages from one index up to another; gives the line of each. */
  draw(from: number, to: number): HTMLElement[];
}

type Range = readonly [from: number, to: number];

interface Anchor {
  readonly element: HTMLElement;
  /** Where its line ends, in the viewport. */
  readonly bottom: number;
}

/**
 * Draws of a long transcript only what can be seen and a little more; padding stands for the rest.
 *
 * Heights that were never measured are guessed. When a guess proves wrong above what is being read, the padding takes up the difference
 * rather than the scroll position: setting that would stop a scroll that is under way.
 */
export class RowWindow {
  readonly #list: WindowedList;
  readonly #heights = new Heights();
  #from = 0;
  #to = 0;
  /** Heights hold for one width; drawing in the same frame would set it off again. */
  readonly #sizes = new ResizeObserver(() => requestAnimationFrame(this.#resized));
  #elements: HTMLElement[] = [];
  #firstKey: string | undefined;
  #width = 0;
  /** What stands for the messages above those drawn, in CSS pixels. */
  #padding = 0;
  /** Whether its reader asked for the very beginning, and for nothing else since. */
  #toTop = false;

  constructor(list: WindowedList) {
    this.#list = list;
    list.scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    for (const type of asks) list.scroller.addEventListener(type, this.#asked, { passive: true });
    this.#sizes.observe(list.rows);
    list.rows.setAttribute('data-windowed', '');
  }

  /** Lets go of the list. */
  dispose(): void {
    const { scroller, rows } = this.#list;
    scroller.removeEventListener('scroll', this.#scrolled);
    for (const type of asks) scroller.removeEventListener(type, this.#asked);
    this.#sizes.disconnect();
    rows.style.removeProperty('padding-block');
    for (const name of ['data-windowed', 'data-cut', 'data-more']) rows.removeAttribute(name);
  }

  /** Draws what should be drawn now; call it whenever messages have changed. */
  draw(): void {
    this.#redraw();
    const { scroller, following } = this.#list;
    // While it was drawn, less stood there for a moment: the view came up with the end, and would be taken for a reader who left it.
    if (following()) scroller.scrollTop = scroller.scrollHeight;
  }

  #redraw(): void {
    if (this.#toTop) return this.#showBeginning();
    // Where guesses were far off, what they asked for does not fill the view.
    for (let turn = 0; turn < 3 && (turn === 0 || this.#short()); turn++) {
      const anchor = this.#anchor();
      const known = this.#reconcile();
      this.#show(known ? anchor : undefined);
    }
  }

  /** On the way up no place is worth keeping, and to keep one would end the way where guesses prove wrong. */
  #showBeginning(): void {
    this.#toTop = false;
    this.#reconcile();
    this.#draw(this.#around(0), 0);
    this.#list.scroller.scrollTop = 0;
    this.#describe();
  }

  /** Brings the message with this index into view. */
  reveal(index: number): void {
    const { scroller } = this.#list;
    this.#reconcile();
    const position = this.#heights.offset(index) - scroller.clientHeight / 3;
    this.#draw(this.#around(position), 0);
    this.#settle(undefined);
    this.#describe();
    this.#elements[index - this.#from]?.scrollIntoView({ block: 'center' });
  }

  readonly #scrolled = (): void => {
    if (this.#short()) this.#redraw();
  };

  readonly #asked = (event: Event): void => {
    const { key, metaKey } = event as KeyboardEvent;
    this.#toTop = event.type === 'keydown' && (key === 'Home' || (metaKey && key === 'ArrowUp'));
  };

  readonly #resized = (): void => {
    const { rows } = this.#list;
    if (rows.isConnected && rows.clientWidth !== this.#width) this.draw();
  };

  /** Whether too little is drawn on either side of what can be seen. */
  #short(): boolean {
    const { clientHeight } = this.#list.scroller;
    const at = this.#position(this.#drift);
    return (
      (this.#from > 0 && this.#heights.offset(this.#from) > at - reserve) ||
      (this.#to < this.#list.count() && this.#heights.offset(this.#to) < at + clientHeight + reserve)
    );
  }

  /** By how much the drawn lines stand lower than the heights say. */
  get #drift(): number {
    return this.#padding - this.#heights.offset(this.#from);
  }

  /** Where the view begins, as the heights have it. */
  #position(drift: number): number {
    const { scroller, following } = this.#list;
    return following()
      ? this.#heights.total - scroller.clientHeight
      : scroller.scrollTop - this.#top() - drift;
  }

  /** Where the lines begin in what is scrolled. */
  #top(): number {
    const { scroller, rows } = this.#list;
    return rows.offsetTop - scroller.offsetTop;
  }

  /** Finds out what became of the indices, and of the width; whether anything that is drawn still counts. */
  #reconcile(): boolean {
    const { rows, keyAt, indexOf, count } = this.#list;
    const first = this.#firstKey;
    const shift = first === undefined || keyAt(0) === first ? 0 : indexOf(first);
    this.#heights.resize(count(), Math.max(0, shift));
    this.#from += Math.max(0, shift);
    this.#to += Math.max(0, shift);
    this.#firstKey = keyAt(0);
    if (shift < 0 || rows.clientWidth !== this.#width) this.#heights.clear();
    this.#width = rows.clientWidth;
    return shift >= 0;
  }

  #wanted(drift: number): Range {
    const position = this.#position(drift);
    let range = this.#around(position);
    if (range[0] >= this.#to || range[1] <= this.#from) range = this.#around(position, overscanAfterJump);
    return this.#selecting() && this.#to - this.#from < selectable
      ? [Math.min(range[0], this.#from), Math.min(this.#list.count(), Math.max(range[1], this.#to))]
      : range;
  }

  #around(position: number, beyond = overscan): Range {
    const to = this.#heights.indexAt(position + this.#list.scroller.clientHeight + beyond) + 1;
    return [this.#heights.indexAt(position - beyond), Math.min(to, this.#list.count())];
  }

  /** Whether a selection begins in the lines: it would be lost with them. */
  #selecting(): boolean {
    const root = this.#list.rows.getRootNode() as ShadowRoot & { getSelection?: () => Selection | null };
    const selection = root.getSelection?.() ?? document.getSelection();
    return selection?.type === 'Range' && this.#list.rows.contains(selection.anchorNode);
  }

  /** The first line in view; what is read must stay where it is. */
  #anchor(): Anchor | undefined {
    const { scroller, following } = this.#list;
    if (following()) return undefined;
    const view = scroller.getBoundingClientRect();
    for (const element of this.#elements) {
      const { top, bottom } = element.getBoundingClientRect();
      if (bottom > view.top) return top < view.bottom ? { element, bottom } : undefined;
    }
    return undefined;
  }

  #show(anchor: Anchor | undefined): void {
    const drift = anchor ? this.#drift : 0;
    this.#draw(this.#wanted(drift), drift);
    this.#settle(anchor);
    this.#describe();
  }

  #draw([from, to]: Range, drift: number): void {
    const { rows, scroller } = this.#list;
    const focused = (rows.getRootNode() as ShadowRoot).activeElement;
    this.#elements = this.#list.draw(from, to);
    this.#from = from;
    this.#to = to;
    // Whoever used the keyboard in a line that is gone goes on from the transcript.
    if (focused && !focused.isConnected) scroller.focus({ preventScroll: true });
    this.#pad(Math.max(0, this.#heights.offset(from) + drift));
    this.#measure();
  }

  #pad(before: number): void {
    const { rows } = this.#list;
    this.#padding = before;
    rows.toggleAttribute('data-cut', this.#from > 0);
    rows.toggleAttribute('data-more', this.#to < this.#list.count());
    const after = this.#heights.total - this.#heights.offset(this.#to);
    rows.style.setProperty('padding-block', `${before}px ${Math.max(0, after)}px`);
  }

  #measure(): void {
    const { rows } = this.#list;
    let end = rows.getBoundingClientRect().top + this.#padding;
    for (const [place, element] of this.#elements.entries()) {
      const { bottom } = element.getBoundingClientRect();
      this.#heights.set(this.#from + place, bottom - end);
      end = bottom;
    }
  }

  /** Puts the padding right now that heights are known, and the anchor back in its place; without one, what is known now counts. */
  #settle(anchor: Anchor | undefined): void {
    const { scroller } = this.#list;
    const moved = anchor?.element.isConnected
      ? anchor.element.getBoundingClientRect().bottom - anchor.bottom
      : 0;
    const before = this.#padding - moved;
    // Nothing stands above the first message, and no padding can be less than none: then the scroll position takes it up.
    const wanted = anchor ? before : this.#heights.offset(this.#from);
    const possible = this.#from === 0 ? 0 : Math.max(0, wanted);
    this.#pad(possible);
    if (possible !== before) scroller.scrollTop += possible - before;
  }

  /** A screen reader is told which of how many each message is: most of them are not in the page. */
  #describe(): void {
    const size = this.#list.hasEarlier() ? -1 : this.#list.count();
    for (const [place, element] of this.#elements.entries()) {
      element.setAttribute('role', 'article');
      element.setAttribute('aria-posinset', String(this.#from + place + 1));
      element.setAttribute('aria-setsize', String(size));
    }
  }
}
