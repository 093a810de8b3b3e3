let loader: (() => Promise<unknown>) | undefined;

/**
 * Tells all windows of the page where `<model-viewer>` comes from, for parts that are models in three dimensions. It is called at most once
 * that succeeds, and only when a visitor asks to see a model.
 *
 * @param load Registers the element, such as `() => import('@google/model-viewer')`.
 * @example
 * useModelViewer(() => import('/assets/model-viewer.min.js'));
 */
export function useModelViewer(load: () => Promise<unknown>): void {
  loader = load;
}

/** Whether the page has a viewer, or knows where to get one. */
export function canShowModels(): boolean {
  return loader !== undefined || customElements.get('model-viewer') !== undefined;
}

/** Resolves when `<model-viewer>` can be used; rejects where it is absent, or a policy keeps it out. */
export async function loadModelViewer(): Promise<void> {
  if (customElements.get('model-viewer')) return;
  await loader?.();
  if (!customElements.get('model-viewer'))
    throw new Error('What was loaded does not define <model-viewer>. Pass a function that imports it.');
}

/** A policy without inline styles refuses those a viewer brings in its shadow root: they are adopted as sheets, which it allows. */
export function wearOwnStyles({ shadowRoot }: Element): void {
  if (!shadowRoot) return;
  for (const style of shadowRoot.querySelectorAll('style')) {
    if (style.sheet) continue;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style.textContent);
    shadowRoot.adoptedStyleSheets.push(sheet);
  }
}
