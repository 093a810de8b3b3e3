import { firstRead } from './first-read.ts';

/** How long after a reader's gesture the view still moves by it, in milliseconds. */
const momentum = 1000;
const gestures = ['wheel', 'touchmove', 'pointerdown', 'pointermove', 'keydown', 'focusin'] as const;
const upwardKeys = new Set(['ArrowUp', 'PageUp', 'Home', 'Tab', ' ']);

/**
 * Holds what is read while its reader is not at the end, whatever grows, shrinks or is put in above. It arrives after the first messages:
 * until there is something to scroll there is nothing to hold.
 */
export class ReadingPlace {
  readonly #scroller: HTMLElement;
  readonly #rows: HTMLElement;
  /** When the reader last did something that can move the view up. */
  #gesture = -Infinity;
  /** The first line in view, and where it begins in what is scrolled: neither a scroll under way nor a movement changes that. */
  #first: { row: HTMLElement; start: number } | undefined;
  #anchor: { row: Element; offset: number } | undefined;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    this.#rows = scroller.querySelector<HTMLElement>('.rows')!;
    for (const type of gestures)
      scroller.addEventListener(
        type,
        (event) => isUpward(event, scroller) && (this.#gesture = performance.now()),
        { passive: true },
      );
  }

  /** Whether the reader may have moved the view up. */
  get movedUp(): boolean {
    return performance.now() - this.#gesture < momentum;
  }

  /** Remembers what is read now. Where only a part is drawn, what draws it keeps the place. */
  look(): void {
    const row = this.#rows.hasAttribute('data-windowed')
      ? undefined
      : firstRead(this.#rows.children as HTMLCollectionOf<HTMLElement>, this.#scroller);
    this.#first = row && { row, start: row.offsetTop };
  }

  /** Puts it back where it was. Its own end may grow: who reads the beginning of a long answer stays there. */
  settle(): void {
    if (this.#anchor) return this.#release(this.#anchor);
    const { row, start = 0 } = this.#first ?? {};
    if (!row?.isConnected) return;
    const moved = row.offsetTop - start;
    if (moved) this.#scroller.scrollTop += moved;
  }

  /** Call before rows are put in above: remembers where the first row in view ends. Its own head may change with a new neighbour. */
  hold(): void {
    const row = firstRead(this.#rows.children as HTMLCollectionOf<HTMLElement>, this.#scroller);
    this.#anchor = row && { row, offset: row.getBoundingClientRect().bottom };
  }

  #release({ row, offset }: { row: Element; offset: number }): void {
    this.#anchor = undefined;
    if (row.isConnected) this.#scroller.scrollTop += row.getBoundingClientRect().bottom - offset;
  }
}

/** Whether somebody may be about to scroll up by this. */
function isUpward(event: Event, scroller: HTMLElement): boolean {
  switch (event.type) {
    case 'wheel':
      return (event as WheelEvent).deltaY < 0;
    case 'keydown':
      return upwardKeys.has((event as KeyboardEvent).key);
    case 'pointerdown':
      // On the scroll bar, or with the button that scrolls by moving; a button that is pressed is another matter.
      return event.target === scroller || (event as PointerEvent).button === 1;
    case 'pointermove':
      return (event as PointerEvent).buttons !== 0;
    case 'focusin':
      // By the keyboard, which brings what it leads to into view.
      return (event.composedPath()[0] as Element).matches(':focus-visible');
    default:
      return true;
  }
}
