/** What the surroundings of a client tell it: whether there is a network, and when it is worth trying again. */
export interface ClientEnvironment {
  /** Whether the network may be there; `false` only when it surely is not. */
  online(): boolean;
  /** Calls `wake` when the page is seen again or the network comes back, `lost` when it goes; returns the unsubscribe. */
  watch(wake: (why: 'woken' | 'network_back') => void, lost: () => void): () => void;
}

/** The page or worker this runs in; without either (Node), a network that is always there. */
export const hostEnvironment: ClientEnvironment = {
  online: () => globalThis.navigator?.onLine !== false,
  watch(wake, lost) {
    if (typeof addEventListener !== 'function') return () => undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const seen = () => globalThis.document?.visibilityState !== 'hidden' && wake('woken');
    for (const type of ['pageshow', 'focus']) addEventListener(type, seen, { signal });
    globalThis.document?.addEventListener('visibilitychange', seen, { signal });
    addEventListener('online', () => wake('network_back'), { signal });
    addEventListener('offline', lost, { signal });
    return () => stop.abort();
  },
};
