import { launcherStringsFor } from '../locales/launcher-strings.ts';
import type { SahayBubble } from './bubble.ts';
import { h } from './nodes.ts';

/** No plural forms: the launcher speaks before a locale can be loaded. */
const unreadNames: Record<string, string> & { en: string } = {
  en: '{count} unread',
  bn: 'না-পড়া {count}টি',
  ar: 'غير المقروء: {count}',
};

/**
 * Counts unread messages on the closed launcher, and in its name.
 *
 * @returns What draws the count anew.
 */
export function badgeOn(bubble: SahayBubble, launcher: HTMLElement): () => void {
  const badge = launcher.appendChild(h('span', { class: 'badge', part: 'badge' }));
  return () => {
    badge.hidden = !bubble.unreadCount || bubble.isOpen;
    if (badge.hidden) return;
    const { lang } = launcher;
    const count = new Intl.NumberFormat(lang).format(bubble.unreadCount);
    const name = unreadNames[lang.split('-')[0]!.toLowerCase()] ?? unreadNames.en;
    badge.textContent = count;
    launcher.setAttribute(
      'aria-label',
      `${launcherStringsFor([lang]).strings.openChat}, ${name.replace('{count}', count)}`,
    );
  };
}
