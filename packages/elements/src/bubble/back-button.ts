import { early } from './early.ts';

/** Marks the entry of the history that stands for the open sheet. */
const mark = 'sahaySheet';
/** How long going back may take until it is thought not to happen, in milliseconds. */
const patience = 500;

/** What closes the sheets that are open: one that leaves with its view may be followed by the next at once. */
const open = new Set<() => void>();
/** Whether our entry is the one shown, as far as is known. */
let onTop = false;
/** Going back to the page below is not done in one step; who opens again meanwhile waits for it. */
let leaving: { done: Promise<void>; arrived(): void } | undefined;

const isOurs = (): boolean => {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && mark in state;
};

/**
 * Lets the back button close the sheet, until `signal` ends it: one entry of the history stands for it. Routers need not care: the entry has the
 * page's address and a copy of the router's state, and the way back from it leads to where the router is; one that started after us is not
 * even told.
 */
export function closeOnBack(close: () => void, signal: AbortSignal): void {
  open.add(close);
  early.popped = popped;
  // Where the browser tells: whether a router has gone on from our entry, so that what comes next is its affair.
  const { navigation } = globalThis as { navigation?: EventTarget };
  navigation?.addEventListener('currententrychange', wentOn, { signal });
  void Promise.resolve(leaving?.done).then(() => signal.aborted || enter());
  signal.addEventListener('abort', () => {
    open.delete(close);
    setTimeout(() => {
      if (!open.size && isOurs()) leave();
    });
  });
}

function wentOn({ navigationType }: Event & { navigationType?: string | null }): void {
  if (navigationType !== 'traverse') onTop = isOurs();
}

function popped(event: PopStateEvent): void {
  const before = onTop;
  onTop = isOurs();
  if (onTop) return;
  if (before) event.stopImmediatePropagation();
  if (leaving) return leaving.arrived();
  for (const close of [...open]) close();
}

function enter(): void {
  onTop = true;
  // After a reload, or where another view has just left, the entry is there already.
  if (isOurs()) return;
  const state: unknown = history.state;
  try {
    history.pushState({ ...(typeof state === 'object' ? state : {}), [mark]: true }, '');
  } catch {
    // Sandboxed pages have no history to write to, and some browsers limit how often: then there is the sheet's own button.
    onTop = false;
  }
}

function leave(): void {
  onTop = true;
  let arrived = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    const timer = setTimeout(() => arrived(), patience);
    arrived = () => {
      clearTimeout(timer);
      leaving = undefined;
      resolve();
    };
  });
  leaving = { done, arrived };
  history.back();
}
