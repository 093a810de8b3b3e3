import { composedChildren, composedParent } from './composed-tree.ts';

const candidates =
  'a[href], area[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [tabindex], [contenteditable=""], [contenteditable="true"]';

function takesTab(element: HTMLElement): boolean {
  return (
    element.matches(candidates) &&
    element.tabIndex >= 0 &&
    !element.matches(':disabled') &&
    element.checkVisibility({ visibilityProperty: true })
  );
}

/**
 * Everything inside `root` that the Tab key stops at, in order, through slots and open shadow roots. Elements that are
 * hidden, disabled or inert are left out.
 */
export function focusableIn(root: Element | ShadowRoot): HTMLElement[] {
  return composedChildren(root).flatMap((child) => {
    if (!(child instanceof HTMLElement)) return focusableIn(child);
    if (child.inert) return [];
    const delegates = child.shadowRoot?.delegatesFocus === true;
    return [...(takesTab(child) && !delegates ? [child] : []), ...focusableIn(child)];
  });
}

/** The element that has the focus, in whichever shadow root it stands. */
export function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Whether `element` stands inside `container`, also through slots and shadow roots. */
export function composedContains(container: Element, element: Element | null): boolean {
  for (let current = element; current; current = composedParent(current)) {
    if (current === container) return true;
  }
  return false;
}

/**
 * Remembers who has the focus; the function it returns gives it back, or to `fallback` when that element has gone.
 *
 * @example
 * const giveBack = rememberFocus();
 * composer.focus();
 * // … when the window closes
 * giveBack(launcher);
 */
export function rememberFocus(): (fallback?: HTMLElement) => void {
  const before = deepActiveElement();
  return (fallback) => {
    const usable =
      before instanceof HTMLElement &&
      before !== document.body &&
      before.isConnected &&
      before.checkVisibility() &&
      !before.matches(':disabled');
    (usable ? before : fallback)?.focus();
  };
}

/**
 * Keeps the Tab key inside `container`, for the full-screen sheet only: a panel beside the page must let go. Returns the
 * function that ends it.
 */
export function trapFocus(container: HTMLElement): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Tab' || event.defaultPrevented) return;
    const stops = focusableIn(container);
    const active = deepActiveElement();
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    const outside = !composedContains(container, active);
    if (!outside && active !== edge && stops.length > 0) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  };
  document.addEventListener('keydown', onKeyDown, true);
  return () => document.removeEventListener('keydown', onKeyDown, true);
}
