import { firstRead } from './first-read.ts';
import { Heights } from './heights.ts';

/** What is drawn beyond what can be seen, on either side, in CSS pixels. */
const overscan = 480;
/** Drawn anew when less than this is left of it. */
const reserve = 160;
/** What is drawn beyond at first where nothing is that was drawn before: while the scroll bar is dragged every step is such a place. */
const overscanAfterJump = 200;
/** A selection keeps its lines in the page, as long as they are no more than this. */
const selectable = 300;

/** In these the keys that lead to the beginning and the end mean something else. */
const keyed = 'input, textarea, select, audio, video, [contenteditable], [role=menu] *, dialog *';

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
  /** The message before which some are missing, by its key. */
  gap(): string | undefined;
  /** The line of the message with this key, if it is drawn. */
  elementOf(key: string): HTMLElement | undefined;
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
  readonly #sizes = new ResizeObserver(() => this.#resized());
  #elements: HTMLElement[] = [];
  #firstKey: string | undefined;
  #width = 0;
  /** What stands for the messages above those drawn, in CSS pixels. */
  #padding = 0;
  /** The message before which some are missing: once they are there, what comes after it has moved. */
  #gap: { key: string; index: number } | undefined;

  constructor(list: WindowedList) {
    this.#list = list;
    list.scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    list.scroller.addEventListener('keydown', this.#pressed);
    this.#sizes.observe(list.rows);
    list.rows.setAttribute('data-windowed', '');
  }

  /** Lets go of the list. */
  dispose(): void {
    const { scroller, rows } = this.#list;
    scroller.removeEventListener('scroll', this.#scrolled);
    scroller.removeEventListener('keydown', this.#pressed);
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
    if (!this.#elements.length && !this.#list.following()) this.#adopt();
    // Where guesses were far off, what they asked for does not fill the view.
    for (let turn = 0; turn < 3 && (turn === 0 || this.#short()); turn++) {
      const anchor = this.#anchor();
      const known = this.#reconcile(anchor);
      this.#show(known ? anchor : undefined);
    }
  }

  /** What was drawn before this arrived is where its reader is: of that the lines in view, and those that still follow one another with them. */
  #adopt(): void {
    const { rows, scroller, count, keyAt, elementOf } = this.#list;
    this.#reconcile();
    const { top } = rows.getBoundingClientRect();
    const read = firstRead(rows.children as HTMLCollectionOf<HTMLElement>, scroller);
    const begin = read ? read.getBoundingClientRect().top : Infinity;
    let end = top;
    let seen = false;
    for (let index = 0; index < count(); index++) {
      const element = elementOf(keyAt(index));
      if (!element) {
        if (seen) break;
        if (this.#elements.length) this.#elements = [];
      } else {
        if (!this.#elements.length) [this.#from, this.#padding] = [index, end - top];
        this.#to = this.#elements.push(element) + this.#from;
        end = element.getBoundingClientRect().bottom;
        seen ||= end > begin;
      }
    }
    this.#measure();
  }

  /** Shows the very beginning, or the very end: at once, since nobody wants to see all of a long transcript pass by. */
  #jump(toEnd: boolean): void {
    const { scroller } = this.#list;
    this.#reconcile();
    const { total } = this.#heights;
    this.#draw(this.#around(toEnd ? total - scroller.clientHeight : 0), 0);
    this.#settle(undefined);
    scroller.scrollTop = toEnd ? scroller.scrollHeight : 0;
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

  /** The browser's own way is a movement of some length to where the end was guessed to be when it began. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const { key, metaKey, altKey, shiftKey, defaultPrevented } = event;
    const toEnd = key === 'End' || (metaKey && key === 'ArrowDown');
    const toTop = key === 'Home' || (metaKey && key === 'ArrowUp');
    if ((!toEnd && !toTop) || defaultPrevented || altKey || shiftKey) return;
    if ((event.composedPath()[0] as Element).matches(keyed)) return;
    event.preventDefault();
    this.#jump(toEnd);
  };

  /** Told between layout and paint: of another width all is drawn anew, else what grew or shrank above the view is taken up. */
  readonly #resized = (): void => {
    const { rows, scroller, following } = this.#list;
    if (!rows.isConnected || !rows.clientWidth) return;
    // Drawing in the same frame would set it off again.
    if (rows.clientWidth !== this.#width) requestAnimationFrame(() => rows.isConnected && this.draw());
    else {
      const grown = following() ? 0 : this.#grownAbove();
      this.#measure();
      // Padding would be of another size, which no observer in this frame may cause.
      if (grown) scroller.scrollTop += grown;
    }
  };

  /** By how much what stands wholly above the view has grown since it was measured. */
  #grownAbove(): number {
    const { scroller, rows } = this.#list;
    const view = scroller.getBoundingClientRect().top;
    let before = rows.getBoundingClientRect().top + this.#padding;
    let grown = 0;
    let end = before;
    for (const [place, element] of this.#elements.entries()) {
      const { bottom } = element.getBoundingClientRect();
      const known = this.#heights.at(this.#from + place);
      before += known;
      // What begins above the view and ends in it is being read: its own end may grow.
      if (!(before <= view)) break;
      grown += bottom - end - known;
      end = bottom;
    }
    return grown;
  }

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
  #reconcile(anchor?: Anchor): boolean {
    const { rows, keyAt, indexOf, count, gap } = this.#list;
    const first = this.#firstKey;
    const shift = first === undefined || keyAt(0) === first ? 0 : indexOf(first);
    const place = (this.#gap?.index ?? 0) + Math.max(0, shift);
    const filled = this.#gap && shift >= 0 ? indexOf(this.#gap.key) - place : 0;
    const isKnown = shift >= 0 && filled >= 0;
    this.#heights.resize(count() - Math.max(0, filled), Math.max(0, shift));
    this.#from += Math.max(0, shift);
    this.#to += Math.max(0, shift);
    if (filled > 0) this.#insert(place, filled, anchor);
    this.#firstKey = keyAt(0);
    const missing = gap();
    this.#gap = missing === undefined ? undefined : { key: missing, index: indexOf(missing) };
    if (!isKnown || rows.clientWidth !== this.#width) this.#heights.clear();
    this.#width = rows.clientWidth;
    return isKnown;
  }

  /** Messages have come between some that are here: of what is drawn on both sides of them the one that is read counts. */
  #insert(place: number, count: number, anchor: Anchor | undefined): void {
    const cut = place - this.#from;
    if (cut > 0 && cut < this.#elements.length) {
      if (anchor && this.#elements.indexOf(anchor.element) >= cut) {
        const { rows } = this.#list;
        const above = this.#elements[cut - 1]!.getBoundingClientRect().bottom;
        this.#padding = above - rows.getBoundingClientRect().top;
        this.#elements.splice(0, cut);
        this.#from = place;
      } else {
        this.#elements.splice(cut);
        this.#to = place;
      }
    }
    this.#heights.insert(place, count);
    if (this.#from < place) return;
    this.#from += count;
    this.#to += count;
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
    const element = firstRead(this.#elements, scroller);
    const { top = Infinity, bottom = 0 } = element?.getBoundingClientRect() ?? {};
    return element && top < scroller.getBoundingClientRect().bottom ? { element, bottom } : undefined;
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
    const size = this.#list.hasEarlier() || this.#gap ? -1 : this.#list.count();
    for (const [place, element] of this.#elements.entries()) {
      element.setAttribute('role', 'article');
      element.setAttribute('aria-posinset', String(this.#from + place + 1));
      element.setAttribute('aria-setsize', String(size));
    }
  }
}
