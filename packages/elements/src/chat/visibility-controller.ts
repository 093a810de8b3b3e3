import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Knows whether somebody can see the host: it stands in view, and the page is in front. */
export class VisibilityController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #observer: IntersectionObserver | undefined;
  #intersects = false;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether it can be seen now. */
  get visible(): boolean {
    return this.#intersects && document.visibilityState === 'visible';
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver((entries) => {
      this.#intersects = entries.at(-1)!.isIntersecting;
      this.#changed();
    });
    this.#observer.observe(this.#host);
    document.addEventListener('visibilitychange', this.#changed);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#intersects = false;
    document.removeEventListener('visibilitychange', this.#changed);
  }

  readonly #changed = (): void => this.#host.requestUpdate();
}
