/** How long a finger rests before it means the menu, in milliseconds, and how far it may stray, in CSS pixels. */
const rest = 450;
const stray = 10;

/** Hears fingers that rest on a message. A link keeps the menu that the browser has for it. */
export class LongPress {
  readonly #open: (row: HTMLElement) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #from: PointerEvent | undefined;
  #opened = false;

  constructor(scroller: HTMLElement, open: (row: HTMLElement) => void) {
    this.#open = open;
    scroller.addEventListener('pointerdown', this.#down);
    scroller.addEventListener('pointermove', this.#move);
    for (const type of ['pointerup', 'pointercancel'] as const) scroller.addEventListener(type, this.#end);
    // Where the browser itself knows long presses, its menu would come on top.
    scroller.addEventListener('contextmenu', (event) => {
      if (this.#from && rowOf(event)) event.preventDefault();
    });
    // The finger that opened the menu must not press what lies under it when it is lifted.
    scroller.addEventListener('click', (event) => this.#opened && this.#swallow(event), { capture: true });
  }

  readonly #down = (event: PointerEvent): void => {
    this.#end();
    this.#opened = false;
    const row = event.pointerType === 'touch' && event.isPrimary ? rowOf(event) : null;
    if (!row) return;
    this.#from = event;
    this.#timer = setTimeout(() => {
      this.#open(row);
      this.#opened = true;
    }, rest);
  };

  readonly #move = ({ clientX, clientY }: PointerEvent): void => {
    const { clientX: x = clientX, clientY: y = clientY } = this.#from ?? {};
    if (Math.hypot(clientX - x, clientY - y) > stray) this.#end();
  };

  readonly #end = (): void => {
    clearTimeout(this.#timer);
    this.#from = undefined;
  };

  #swallow(event: Event): void {
    if ((event as PointerEvent).detail === 0) return;
    this.#opened = false;
    event.preventDefault();
    event.stopPropagation();
  }
}

function rowOf(event: Event): HTMLElement | null {
  const [target] = event.composedPath();
  if (!(target instanceof Element) || target.closest('a, button, input, textarea, audio, video')) return null;
  return target.closest<HTMLElement>('.row');
}
