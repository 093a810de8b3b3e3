/*
 * Where the bubble stands among layers: no z-index reaches above what a browser has put on its top layer, and nothing outside a modal
 * dialog can be used.
 */

/** Puts the bubble on the browser's top layer, until `signal` ends it. */
export function standOnTop(bubble: HTMLElement, signal: AbortSignal): void {
  // Without popovers (browsers before 2024) there is still the z-index.
  if (!('popover' in bubble)) return;
  bubble.popover = 'manual';
  bubble.showPopover();
  signal.addEventListener('abort', () => bubble.removeAttribute('popover'));
}

/**
 * While a modal dialog is open, stands in it, until `signal` ends it: outside of it nothing can be used. It goes back to its place when the
 * dialog closes.
 */
export function standBesideDialogs(bubble: HTMLElement, signal: AbortSignal): void {
  const look = (): void => {
    const dialog = modalDialog();
    if (!signal.aborted && dialog && !dialog.contains(bubble)) standIn(dialog, bubble);
  };
  const openings = new MutationObserver(look);
  openings.observe(document, { subtree: true, attributeFilter: ['open'] });
  signal.addEventListener('abort', () => openings.disconnect());
  look();
}

/** The modal dialog in front. */
const modalDialog = (): Element | undefined => [...document.querySelectorAll('dialog:modal')].at(-1);

/** Marks the place of a bubble that stands in a dialog. */
const homes = new WeakMap<HTMLElement, Comment>();

function standIn(dialog: Element, bubble: HTMLElement): void {
  if (!homes.has(bubble)) {
    const home = document.createComment('sahay-bubble');
    bubble.before(home);
    homes.set(bubble, home);
  }
  move(bubble, dialog, null);
  const closing = new AbortController();
  const look = (): void => {
    if (dialog.matches(':modal') && dialog.isConnected) return;
    closing.abort();
    removals.disconnect();
    if (!dialog.contains(bubble)) forgetHome(bubble);
    else goHome(bubble);
  };
  dialog.addEventListener('close', look, closing);
  // A dialog that is taken off the page takes along what it contains, and says nothing.
  const removals = new MutationObserver(look);
  removals.observe(document, { subtree: true, childList: true });
}

function goHome(bubble: HTMLElement): void {
  const next = modalDialog();
  if (next) return standIn(next, bubble);
  const home = homes.get(bubble);
  // The view it stood in may be gone by now.
  if (home?.isConnected) move(bubble, home.parentNode!, home);
  else move(bubble, document.body, null);
  forgetHome(bubble);
}

function forgetHome(bubble: HTMLElement): void {
  homes.get(bubble)?.remove();
  homes.delete(bubble);
}

/** Moves the bubble. What a move takes off the top layer is put back; where the browser can, all else goes on. */
function move(bubble: HTMLElement, parent: ParentNode, before: Node | null): void {
  const isOnTop = bubble.hasAttribute('popover');
  // Moved while it shows, it would end the renderer of Chromium 156.
  bubble.removeAttribute('popover');
  const mover = parent as Node & { moveBefore?(node: Node, before: Node | null): void };
  if (bubble.isConnected && parent.isConnected && mover.moveBefore) mover.moveBefore(bubble, before);
  else parent.insertBefore(bubble, before);
  if (!isOnTop) return;
  bubble.popover = 'manual';
  bubble.showPopover();
}
