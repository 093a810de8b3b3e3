import type { Readable } from '@sahay/client';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Draws its host again when a piece of the client's state changes, and listens only while the host stands in the page.
 *
 * @example
 * readonly #connection = new ReadableController<ConnectionSnapshot>(this);
 * // … this.#connection.source = client.connection; this.#connection.value?.state
 */
export class ReadableController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #delay: (value: T) => number;
  #source: Readable<T> | undefined;
  #value: T | undefined;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connected = false;
  #drawn = 0;

  /** @param delay How long after the last redraw the next one may come, by the state shown now, in milliseconds. Default: at once. */
  constructor(host: ReactiveControllerHost, delay: (value: T) => number = () => 0) {
    this.#host = host;
    this.#delay = delay;
    host.addController(this);
  }

  /** What is watched. */
  get source(): Readable<T> | undefined {
    return this.#source;
  }

  set source(source: Readable<T> | undefined) {
    if (source === this.#source) return;
    const connected = this.#connected;
    this.hostDisconnected();
    this.#source = source;
    this.#value = undefined;
    if (connected) this.hostConnected();
    this.#host.requestUpdate();
  }

  /** The state as it is shown: it holds still between redraws. */
  get value(): T | undefined {
    return (this.#value ??= this.#source?.getSnapshot());
  }

  hostConnected(): void {
    this.#connected = true;
    this.#stop ??= this.#source?.subscribe(this.#changed);
    this.refresh();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop?.();
    this.#stop = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Shows the state as it is now. */
  refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#value = undefined;
    this.#drawn = performance.now();
    this.#host.requestUpdate();
  }

  readonly #changed = (): void => {
    const wait = this.#value === undefined ? 0 : this.#drawn + this.#delay(this.#value) - performance.now();
    if (wait <= 0) this.refresh();
    else this.#timer ??= setTimeout(() => this.refresh(), wait);
  };
}
