import type { Capability } from '@sahay/protocol';
import type { ElementPart } from 'lit';
import { Directive, directive } from 'lit/directive.js';

/** An element whose backend is known, such as the window. */
interface Capable extends HTMLElement {
  capabilities?: ReadonlySet<Capability> | undefined;
}

/** Takes `hidden` off an element where the backend of the window around it can do something. */
class WhereCapable extends Directive {
  render(_capability: Capability): void {}

  override update({ element }: ElementPart, [capability]: [Capability]): void {
    // Only in the page does it stand in a window.
    queueMicrotask(() => element.toggleAttribute('hidden', !isCapable(element, capability)));
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
