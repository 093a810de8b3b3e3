/** The part of a `LockManager` that clients use: the browser's own, or another one where there is none. */
export type TabLocks = Pick<LockManager, 'request' | 'query'>;

/** What the surroundings of a client tell it: whether there is a network, and when it is worth trying again. */
export interface ClientEnvironment {
  /** Whether the network may be there; `false` only when it surely is not. */
  online(): boolean;
  /**
   * Calls `wake` when the page is seen again or the network comes back, `lost` when it goes, `hidden` when the page is put
   * away with all it holds (back-forward cache, freeze); returns the unsubscribe.
   */
  watch(wake: (why: 'woken' | 'network_back') => void, lost: () => void, hidden?: () => void): () => void;
  /**
   * What keeps tabs apart that share a storage: one sends, one renews the session, one makes a sound. Default: the platform's
   * Web Locks. Where there is neither, each tab does it; nothing is doubled in a conversation by that.
   */
  readonly locks?: TabLocks | undefined;
}

/** The locks that tabs share here. */
export const locksOf = ({ locks }: ClientEnvironment): TabLocks | undefined =>
  locks ?? globalThis.navigator?.locks;

/** The page or worker this runs in; without either (Node), a network that is always there. */
export const hostEnvironment: ClientEnvironment = {
  online: () => globalThis.navigator?.onLine !== false,
  watch(wake, lost, hidden) {
    const stop = new AbortController();
    const seen = () => globalThis.document?.visibilityState !== 'hidden' && wake('woken');
    const heard: Record<string, (event: Event) => unknown> = {
      pageshow: seen,
      focus: seen,
      visibilitychange: seen,
      resume: seen,
      online: () => wake('network_back'),
      offline: lost,
      freeze: () => hidden?.(),
      // A page that is only left dies by itself.
      pagehide: (event) => (event as PageTransitionEvent).persisted && hidden?.(),
    };
    // Some are the document's, which the window hears on their way down.
    for (const type in heard)
      globalThis.addEventListener?.(type, heard[type]!, { capture: true, signal: stop.signal });
    return () => stop.abort();
  },
};
