// Read by the compiler alone: what the types must allow, and what they must not. Nothing here runs or is exported.
import type { SahayBubble, SahayChat, SahaySurvey } from './index.ts';

/** What hears an event of an element gets its detail. */
export function heard(bubble: SahayBubble, chat: SahayChat, survey: SahaySurvey): void {
  bubble.addEventListener('sahay-unread-change', ({ detail }) => detail.count.toFixed());
  bubble.addEventListener('sahay-send', ({ detail }) => detail.conversationId.length, { once: true });
  bubble.addEventListener('click', (event) => event.clientX);
  bubble.addEventListener('of-the-page', (event) => event.preventDefault());
  chat.removeEventListener('sahay-part', ({ detail }) => detail.part.type);
  survey.addEventListener('sahay-submit', ({ detail }) => detail.answers);
  // @ts-expect-error an opened window has no detail
  bubble.addEventListener('sahay-open', ({ detail }) => detail.count);
}

/** It stays an element like any other. */
export const asElement = (chat: SahayChat): HTMLElement => chat;
export const found = (): SahayBubble | null => document.querySelector('sahay-bubble');
