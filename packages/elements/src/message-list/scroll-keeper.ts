import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ReadingPlace } from './reading-place.ts';

/** What the keeper needs of the list it serves. */
export interface ScrollHost extends ReactiveControllerHost {
  readonly scroller: HTMLElement | null;
  /** Called when the end is reached or left, and when the top comes near. */
  scrollChanged(atEnd: boolean, nearTop: boolean): void;
}

/** Who scrolls up by less than this has not left the end, in CSS pixels. */
const trembling = 8;
/** Who scrolls down to within this distance of the end has reached it. */
const endSlack = 48;
/** Closer to the top than this asks for earlier messages. */
const topSlack = 240;

/**
 * Keeps a transcript where its reader wants it: at the end, as long as she is there, whatever grows or shrinks; else exactly where
 * she reads, by a `ReadingPlace`.
 *
 * Only the reader leaves the end, by scrolling up. What the layout does to the scroll position meanwhile is no decision of hers: where
 * something shrinks, the browser moves the view up, and before it tells of that, something else may have grown.
 */
export class ScrollKeeper implements ReactiveController {
  /** Holds what is read; it arrives after the first messages. */
  place: ReadingPlace | undefined;
  readonly #host: ScrollHost;
  readonly #sizes = new ResizeObserver(() => this.settle());
  #scroller: HTMLElement | undefined;
  /** Where the view stood when it was last looked at, and how far it could go. */
  #top = 0;
  #most = -1;
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
    this.#most = -1;
    scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    this.#sizes.observe(scroller);
    for (const child of scroller.children) this.#sizes.observe(child);
    this.settle();
  }

  readonly #scrolled = (): void => {
    this.settle();
    this.#host.scrollChanged(this.atEnd, this.#top < topSlack);
  };

  /** Call when something may have grown or shrunk: the view is at the end again, or what is read stands where it was. */
  settle(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const { scrollTop } = scroller;
    const most = farthest(scroller);
    const gap = most - scrollTop;
    if (gap < trembling || (gap < endSlack && scrollTop > this.#top)) this.atEnd = true;
    // Where nothing grew or shrank, only a reader moves the view up; else she is believed who has just done something to that end.
    else if (scrollTop < this.#top && (most === this.#most || this.place?.movedUp)) this.atEnd = false;
    if (!this.atEnd) this.place?.settle();
    // Where nothing did, it may be on its way to the end.
    else if (most !== this.#most) scroller.scrollTop = most;
    this.#look();
  }

  #look(): void {
    this.#top = this.#scroller!.scrollTop;
    this.#most = farthest(this.#scroller!);
    if (!this.atEnd) this.place?.look();
  }

  /** Goes to the end and stays there. */
  toEnd(smooth = false): void {
    this.atEnd = true;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const behavior = smooth && !still ? 'smooth' : 'auto';
    this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight, behavior });
  }
}

/** How far an element can be scrolled. */
const farthest = ({ scrollHeight, clientHeight }: HTMLElement): number => scrollHeight - clientHeight;
