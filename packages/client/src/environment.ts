/** What the surroundings of a client tell it: whether there is a network, and when it is worth trying again. */
export interface ClientEnvironment {
  /** Whether the network may be there; `false` only when it surely is not. */
  online(): boolean;
  /**
   * Calls `wake` when the page is seen again or the network comes back, `lost` when it goes, `hidden` when the page is put
   * away with all it holds (back-forward cache, freeze); returns the unsubscribe.
   */
  watch(wake: (why: 'woken' | 'network_back') => void, lost: () => void, hidden?: () => void): () => void;
}

/** The page or worker this runs in; without either (Node), a network that is always there. */
export const hostEnvironment: ClientEnvironment = {
  online: () => globalThis.navigator?.onLine !== false,
  watch(wake, lost, hidden) {
    if (typeof addEventListener !== 'function') return () => undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const on = (target: EventTarget | undefined, types: string, work: (event: Event) => void) => {
      for (const type of types.split(' ')) target?.addEventListener(type, work, { signal });
    };
    const seen = () => globalThis.document?.visibilityState !== 'hidden' && wake('woken');
    on(globalThis, 'pageshow focus', seen);
    on(globalThis.document, 'visibilitychange resume', seen);
    on(globalThis, 'online', () => wake('network_back'));
    on(globalThis, 'offline', lost);
    // A page that is only left dies by itself.
    on(globalThis, 'pagehide', (event) => (event as PageTransitionEvent).persisted && hidden?.());
    on(globalThis.document, 'freeze', () => hidden?.());
    return () => stop.abort();
  },
};
