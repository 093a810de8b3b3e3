/** What a screen reader is to be told. */
export interface Announcement {
  /** Names the thing announced, for example a message id: one id is never announced twice. */
  id?: string | undefined;
  /** Interrupts what is being read; for errors only. */
  assertive?: boolean | undefined;
}

interface Waiting {
  text: string;
  assertive: boolean;
}

/** The timers an announcer needs; a test brings its own. */
export type AnnouncerTimers = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'>;

/** Between two announcements, in milliseconds: screen readers drop changes that come at once. */
const pause = 250;
/** How long a text stays in its region, in milliseconds: long enough to be read, gone before somebody strolls by. */
const stay = 4000;
/** Ids remembered, newest last. */
const remembered = 500;

/**
 * Speaks to screen readers through two visually hidden live regions, one polite and one assertive.
 *
 * It is the only voice of the window: the transcript is `role="log"` with `aria-live="off"`. A live log would be read
 * anew with history that is loaded, with each redraw while an answer streams in, and for one's own messages; and by some
 * screen readers not at all inside shadow roots that came later. The role stays, since it is what the transcript is found by.
 *
 * @example
 * this.announcer = new Announcer(this.renderRoot);
 * this.announcer.announce('Mina: Hello', { id: message.id });
 */
export class Announcer {
  readonly #timers: AnnouncerTimers;
  readonly #polite: HTMLElement;
  readonly #assertive: HTMLElement;
  readonly #queue: Waiting[] = [];
  readonly #told = new Set<string>();
  readonly #removals = new Set<ReturnType<typeof setTimeout>>();
  #last = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes the `.voice` regions of `root`, or adds them. They must stand in the page before anything is announced. */
  constructor(root: ParentNode, timers: AnnouncerTimers = globalThis) {
    this.#timers = timers;
    this.#polite = regionIn(root, 'polite');
    this.#assertive = regionIn(root, 'assertive');
  }

  /** Queues `text`; the same text is not queued twice in a row, nor the same id ever again. Whether it was queued. */
  announce(text: string, { id, assertive = false }: Announcement = {}): boolean {
    const words = text.trim();
    if (!words || (id !== undefined && this.#told.has(id))) return false;
    if (id !== undefined) this.#remember(id);
    else if (words === (this.#queue.at(-1)?.text ?? this.#last)) return false;
    const waiting = { text: words, assertive };
    if (assertive) this.#queue.unshift(waiting);
    else this.#queue.push(waiting);
    this.#timer ??= this.#timers.setTimeout(() => this.#speak(), 0);
    return true;
  }

  /** Marks ids as known without reading them: history that was on screen when the window opened. */
  skip(ids: Iterable<string>): void {
    for (const id of ids) this.#remember(id);
  }

  /** Drops what has not been read yet and empties the regions. */
  clear(): void {
    this.#queue.length = 0;
    this.#timers.clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const removal of this.#removals) this.#timers.clearTimeout(removal);
    this.#removals.clear();
    this.#last = '';
    this.#polite.replaceChildren();
    this.#assertive.replaceChildren();
  }

  /** Clears and takes the regions out of the page. */
  remove(): void {
    this.clear();
    this.#polite.remove();
    this.#assertive.remove();
  }

  #remember(id: string): void {
    this.#told.add(id);
    if (this.#told.size > remembered) this.#told.delete(this.#told.values().next().value!);
  }

  #speak(): void {
    const next = this.#queue.shift();
    this.#timer = next && this.#timers.setTimeout(() => this.#speak(), pause);
    if (!next) return;
    // Each announcement is an element of its own: with `additions` it is read once, and its removal not at all.
    const line = document.createElement('p');
    line.textContent = next.text;
    (next.assertive ? this.#assertive : this.#polite).append(line);
    this.#last = next.text;
    const removal = this.#timers.setTimeout(() => {
      this.#removals.delete(removal);
      line.remove();
      if (this.#last === next.text) this.#last = '';
    }, stay);
    this.#removals.add(removal);
  }
}

function regionIn(root: ParentNode, live: 'polite' | 'assertive'): HTMLElement {
  const there = root.querySelector<HTMLElement>(`.voice[aria-live=${live}]`);
  if (there) return there;
  const region = document.createElement('div');
  region.className = 'hidden-visually';
  region.setAttribute('aria-live', live);
  region.setAttribute('aria-relevant', 'additions');
  root.append(region);
  return region;
}
