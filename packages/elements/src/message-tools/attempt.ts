import type { ChatRoom } from '../chat/later.ts';

/** Something to do in the window that an element stands in. */
export type Attempt = (room: ChatRoom) => unknown;

/**
 * Asks the window around an element to do something. What fails is said to the person by the window; where there is no window, as in the
 * console, nothing happens.
 */
export function attempt(element: Element, action: Attempt): void {
  element.dispatchEvent(new CustomEvent<Attempt>('sahay-attempt', { detail: action, bubbles: true }));
}
