import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** From this width on, in letters of the host's size (1em), there is room for two columns, and for three. */
const [two, three] = [54.7, 79.5];

/**
 * How many columns the page has room for. Counted in letters and not in pixels, so that whoever reads text at twice its size gets the
 * layout of a screen half as wide.
 */
export class Columns implements ReactiveController {
  /** 1: one thing at a time; 2: list and desk; 3: the details beside them. */
  count: 1 | 2 | 3 = 1;

  readonly #host: ReactiveControllerHost & HTMLElement;
  #observer: ResizeObserver | undefined;
  /** Grows with the text, also when the page does not. */
  #grows: Element | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // In the next frame: a layout that changes while sizes are told would be told again in the same one.
    this.#observer = new ResizeObserver(() => requestAnimationFrame(() => this.#look()));
    this.#observer.observe(this.#host);
    this.#look();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#grows = null;
  }

  hostUpdated(): void {
    const grows = this.#host.shadowRoot?.querySelector('nav') ?? null;
    if (grows === this.#grows) return;
    if (this.#grows) this.#observer?.unobserve(this.#grows);
    if (grows) this.#observer?.observe(grows);
    this.#grows = grows;
  }

  #look(): void {
    const letters = this.#host.clientWidth / parseFloat(getComputedStyle(this.#host).fontSize);
    const count = letters >= three ? 3 : letters >= two ? 2 : 1;
    if (count === this.count) return;
    this.count = count;
    this.#host.requestUpdate();
  }
}
