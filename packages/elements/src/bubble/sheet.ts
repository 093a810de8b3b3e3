/**
 * Lets an open panel cover a small screen, until `signal` ends it: as tall as what the keyboard leaves, and the focus does not
 * wander behind it.
 *
 * @param focus Puts the focus into the panel.
 */
export function coverPage(panel: HTMLElement, focus: () => void, signal: AbortSignal): void {
  const view = globalThis.visualViewport;
  const fit = (): void => {
    // Whoever zooms in looks at a part of the sheet, which keeps its size.
    if (!view || view.scale > 1.01) return;
    panel.style.setProperty('--_height', `${view.height}px`);
    panel.style.setProperty('--_top', `${view.offsetTop}px`);
  };
  const keepFocus = ({ relatedTarget }: FocusEvent): void => {
    const bubble = (panel.getRootNode() as ShadowRoot).host;
    if (relatedTarget instanceof Node && !bubble.contains(relatedTarget)) focus();
  };
  panel.setAttribute('aria-modal', 'true');
  signal.addEventListener('abort', () => panel.removeAttribute('aria-modal'));
  panel.addEventListener('focusout', keepFocus, { signal });
  for (const type of ['resize', 'scroll']) view?.addEventListener(type, fit, { signal });
  fit();
}
