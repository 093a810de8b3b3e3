/**
 * Listeners on a window are called in the order in which they came, so this one comes with the launcher: a router that starts later is not
 * told of what `popped` stops. What it does arrives with the first sheet, see `back-button.ts`.
 */
export const early: { popped?: (event: PopStateEvent) => void } = {};

globalThis.addEventListener?.('popstate', (event) => early.popped?.(event));
