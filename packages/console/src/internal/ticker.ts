import type { Clock } from '@sahay/client';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Redraws an element every `everyMs` while it is in the page: how long somebody has been waiting goes on growing. */
export class Ticker implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #clock: () => Clock;
  readonly #everyMs: number;
  #cancel: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, clock: () => Clock, everyMs: number) {
    this.#host = host;
    this.#clock = clock;
    this.#everyMs = everyMs;
    host.addController(this);
  }

  hostConnected(): void {
    this.#next();
  }

  hostDisconnected(): void {
    this.#cancel?.();
  }

  #next(): void {
    this.#cancel?.();
    this.#cancel = this.#clock().after(this.#everyMs, () => {
      this.#host.requestUpdate();
      this.#next();
    });
  }
}
