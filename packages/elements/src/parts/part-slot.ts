import type { Message, OtherPart } from '@sahay/protocol';
import { html, noChange, nothing, type AttributePart, type TemplateResult } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { textBubble } from '../message/message-parts.ts';
import type { PartPlace } from './part-place.ts';

/** A part of the page's own that is shown: the detail of `sahay-part`. */
export interface PartDetail {
  part: OtherPart;
  message: Message;
  /** The slot that opens in its place once the event is cancelled. */
  slot: string;
}

/**
 * A part of the page's own without a renderer: its fallback, until a listener of `sahay-part` cancels the event and puts an element of its
 * own into the slot. That element stays in the page: its styles and scripts reach it.
 */
export function slottedPart(part: OtherPart, { message, context }: PartPlace): TemplateResult {
  const slot = `part-${message.id}-${part.partId}`;
  const fallback = part.fallbackText ? textBubble(part.fallbackText, context) : nothing;
  return html`<div class="host-part" part="host-part" data-offered=${offered({ part, message, slot })}>
    <slot name=${slot}>${fallback}</slot>
  </div>`;
}

/** Stands as an attribute that is never set: the bundle's Lit has no parts of whole elements. */
class Offered extends Directive {
  #offered: OtherPart | undefined;

  override update({ element }: AttributePart, [detail]: [PartDetail]): unknown {
    if (this.#offered === detail.part) return noChange;
    this.#offered = detail.part;
    // Whoever listens should find it in the page.
    queueMicrotask(() => offer(element, detail));
    return noChange;
  }

  render(_detail: PartDetail): unknown {
    return noChange;
  }
}

const offered = directive(Offered);

function offer(element: Element, detail: PartDetail): void {
  const event = new CustomEvent('sahay-part', { detail, bubbles: true, composed: true, cancelable: true });
  if (element.dispatchEvent(event)) return;
  for (const host of hostsBetween(element)) {
    if ([...host.children].some((child) => child.slot === detail.slot)) continue;
    const through = document.createElement('slot');
    through.name = through.slot = detail.slot;
    host.append(through);
  }
}

/** The elements between a part and the one that stands in the page: each has to pass the slot on. */
function hostsBetween(element: Element): Element[] {
  const hosts: Element[] = [];
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    const outer = root.host.getRootNode();
    if (outer instanceof ShadowRoot && outer.host.localName.startsWith('sahay-')) hosts.push(root.host);
    else break;
  }
  return hosts;
}
