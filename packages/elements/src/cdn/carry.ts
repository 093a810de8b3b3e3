/** In a cached page, what was made of the bubble that the script has placed; it also tells Turbo to leave it out when it morphs a page. */
const mark = 'data-turbo-permanent';

/**
 * Keeps a bubble that a script has placed on a page whose body is swapped (Turbo, Astro): what comes from a server knows nothing of it, and what
 * comes from a cache of pages has a copy of it.
 */
export function carry(bubble: HTMLElement): void {
  bubble.setAttribute(mark, '');
  new MutationObserver(() => {
    if (bubble.isConnected) return;
    const there = document.querySelector('sahay-bubble');
    if (!there) document.body.append(bubble);
    else if (there.hasAttribute(mark)) there.replaceWith(bubble);
  }).observe(document.documentElement, { childList: true });
}
