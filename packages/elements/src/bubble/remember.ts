/** Remembers, in this browser, that there is a conversation whose answers are worth fetching before anyone taps; the bubble looks for it. */
export function remember(): void {
  try {
    localStorage.setItem('sahay-conversation', '1');
  } catch {
    // Storage may be forbidden; then unread messages are counted once the window was opened.
    return;
  }
}
