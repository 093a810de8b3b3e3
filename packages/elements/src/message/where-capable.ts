import type { Capability } from '@sahay/protocol';
import { noChange, type AttributePart } from 'lit';
import { Directive, directive } from 'lit/directive.js';

/** An element whose backend is known, such as the window. */
interface Capable extends HTMLElement {
  capabilities?: ReadonlySet<Capability> | undefined;
}

/** The value of `?hidden`: off where the backend of the window around can do something. (The bundle's Lit has no parts of whole elements.) */
class WhereCapable extends Directive {
  render(_capability: Capability): unknown {
    return noChange;
  }

  override update({ element }: AttributePart, [capability]: [Capability]): unknown {
    // Only in the page does it stand in a window.
    queueMicrotask(() => element.toggleAttribute('hidden', !isCapable(element, capability)));
    return true;
  }
}

function isCapable(element: Element, capability: Capability): boolean {
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    const { capabilities } = root.host as Capable;
    if (capabilities) return capabilities.has(capability);
  }
  return false;
}

export const whereCapable = directive(WhereCapable);
