/** The parent as a reader of the page sees it: through slots, and from a shadow root to its host. */
export function composedParent(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  const parent = element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : element.parentElement;
}

/** The children as a reader of the page sees them: a shadow root's, a slot's assigned ones, else the element's own. */
export function composedChildren(parent: Element | ShadowRoot): Element[] {
  if (parent instanceof HTMLSlotElement) {
    const assigned = parent.assignedElements();
    if (assigned.length) return assigned;
  }
  const root = parent instanceof Element ? parent.shadowRoot : null;
  return [...(root ?? parent).children];
}
