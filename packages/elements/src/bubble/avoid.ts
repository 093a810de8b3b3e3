/**
 * Keeps the launcher off what stands at the bottom of the page, until `signal` ends it: it rises above whatever the selector finds in its
 * column, and comes down again when that goes.
 *
 * @param rule Where the height is written down, as `--_up`.
 */
export function keepOff(
  selector: string,
  launcher: HTMLElement,
  rule: CSSStyleDeclaration,
  signal: AbortSignal,
): void {
  let due = 0;
  let watched: Element[] = [];
  const look = (): void => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      if (!signal.aborted) measure();
    });
  };
  const sizes = new ResizeObserver(look);
  // A banner that slides in keeps its size.
  const sights = new IntersectionObserver(look, { threshold: [0, 0.25, 0.5, 0.75, 1] });
  const measure = (): void => {
    const found = find(selector);
    if (found.length !== watched.length || found.some((element, index) => element !== watched[index])) {
      for (const observer of [sizes, sights]) {
        observer.disconnect();
        for (const element of found) observer.observe(element);
      }
      watched = found;
    }
    rule.setProperty('--_up', `${heightOf(found, launcher)}px`);
  };
  const comings = new MutationObserver(look);
  comings.observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ['class', 'hidden', 'style', 'open'],
  });
  addEventListener('resize', look, { signal });
  for (const type of ['transitionend', 'animationend']) document.addEventListener(type, look, { signal });
  signal.addEventListener('abort', () => {
    for (const observer of [sizes, sights, comings]) observer.disconnect();
    rule.removeProperty('--_up');
  });
  measure();
}

function find(selector: string): Element[] {
  try {
    return [...document.querySelectorAll(selector)];
  } catch (error) {
    console.warn(`<sahay-bubble avoid="${selector}"> is not a selector, so nothing is avoided.`, error);
    return [];
  }
}

/** How far up the launcher must go, in pixels. What covers most of the page is no bar to stand on. */
function heightOf(elements: Element[], launcher: HTMLElement): number {
  const { left, right, height } = launcher.getBoundingClientRect();
  const tops = elements.flatMap((element) => {
    const box = element.getBoundingClientRect();
    const inTheWay =
      box.width > 0 &&
      box.height > 0 &&
      box.left < right &&
      box.right > left &&
      box.bottom > innerHeight - 2 * height &&
      box.top < innerHeight &&
      box.top > 2 * height;
    return inTheWay && element.checkVisibility?.({ visibilityProperty: true }) !== false ? [box.top] : [];
  });
  return tops.length ? Math.round(innerHeight - Math.min(...tops)) : 0;
}
