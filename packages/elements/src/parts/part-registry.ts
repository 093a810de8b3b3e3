import type { Message, OtherPart } from '@sahay/protocol';
import type { Locale } from '../locales/locale.ts';

/** What a renderer of the host page gets beside the part. */
export interface PartRendering {
  /** The message the part belongs to. */
  message: Message;
  /** The language it is read in. */
  locale: Locale;
  /** Presses a button of this part: the backend hears `action.invoke`. */
  act(actionId: string, value?: string): Promise<void>;
}

/** Draws a part: an element, made for it, that is put into the transcript. Return `undefined` to have its `fallbackText` shown. */
export type PartRenderer<P extends OtherPart = OtherPart> = (
  part: P,
  rendering: PartRendering,
) => HTMLElement | undefined;

const renderers = new Map<string, PartRenderer<never>>();
/** Held weakly: a page that never registers a renderer must not keep every transcript there ever was. */
const awaited = new Map<string, Set<WeakRef<() => void>>>();

/**
 * Draws parts of a type of your own in all windows of the page. What it returns is an element: text in it is text, so that nothing a
 * bot writes becomes markup. It is called again when the part changes, and for what is shown already when it is registered.
 *
 * @param type Begins with `x-`.
 * @throws TypeError when the type does not begin with `x-`.
 * @example
 * registerPart<OrderPart>('x-order', (part) => {
 *   const order = document.createElement('my-order');
 *   order.number = part.number;
 *   return order;
 * });
 */
export function registerPart<P extends OtherPart>(type: `x-${string}`, renderer: PartRenderer<P>): void {
  if (!type.startsWith('x-'))
    throw new TypeError(`A part of one's own begins with "x-", "${type}" does not. Rename it.`);
  renderers.set(type, renderer);
  const told = awaited.get(type) ?? [];
  awaited.delete(type);
  for (const redraw of told) redraw.deref()?.();
}

/** Calls once when a renderer of a type comes, if whoever asks still holds on to `redraw` then. */
export function onceRegistered(type: string, redraw: () => void): void {
  const told = awaited.get(type) ?? new Set();
  awaited.set(type, told);
  for (const one of told) {
    const held = one.deref();
    if (held === redraw) return;
    if (!held) told.delete(one);
  }
  told.add(new WeakRef(redraw));
}

/** The renderer of a type, if the page has one. */
export function partRenderer(type: string): PartRenderer | undefined {
  return renderers.get(type) as PartRenderer | undefined;
}
