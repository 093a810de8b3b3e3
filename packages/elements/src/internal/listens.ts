type Options = boolean | AddEventListenerOptions;

/**
 * `addEventListener` and `removeEventListener` of an element that knows its own events: what hears them gets their details.
 *
 * @example declare addEventListener: Listens<SahayChatEventMap>;
 */
export interface Listens<Events> {
  <K extends keyof Events>(type: K, listener: (event: Events[K]) => unknown, options?: Options): void;
  <K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => unknown,
    options?: Options,
  ): void;
  (type: string, listener: EventListenerOrEventListenerObject, options?: Options): void;
}
