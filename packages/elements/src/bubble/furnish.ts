/* The launcher's second chunk: what few pages and visits need. It arrives when the first of it is needed. */
import type { SahayChat } from '../chat/chat.ts';
import { keepOff } from './avoid.ts';
import { closeOnBack } from './back-button.ts';
import { badgeOn } from './badge.ts';
import type { SahayBubble } from './bubble.ts';
import { during } from './during.ts';
import { furnishStyles } from './furnish.styles.ts';
import { standBesideDialogs, standOnTop } from './layer.ts';
import { News } from './news.ts';
import { remember } from './remember.ts';
import { coverPage } from './sheet.ts';
import { TeaserBox } from './teaser.ts';

/** What the page can style of the window through the bubble, beside the parts of what stands in it: the window has those, so that they are fetched once. */
const windowParts = 'header,title,status,menu,minimize,transcript,banner,composer,survey';

/** On these screens the window covers the page; the same condition stands in the styles. */
const small = '(max-width:480px),(max-height:480px)';

/**
 * Gives the bubble its badge, its teaser, the sheet on small screens with the back button, what it keeps off, and its layer.
 *
 * @returns What follows the bubble's state; call it after each change, also when the bubble has left the page.
 */
export function furnish(
  bubble: SahayBubble,
  panel: HTMLElement,
  launcher: HTMLElement,
  styles: CSSStyleSheet,
): () => void {
  const looks = new CSSStyleSheet();
  looks.replaceSync(furnishStyles);
  bubble.shadowRoot!.adoptedStyleSheets.push(looks);
  const screen = matchMedia(small);
  const chat = (): SahayChat | null => panel.querySelector('sahay-chat');
  const focus = (): void => chat()?.focus();
  const onTop = (): boolean => bubble.getAttribute('layer') === 'top';
  const box = new TeaserBox(bubble, panel);
  const news = new News(bubble, () => arrange());
  panel.addEventListener('sahay-send', remember);
  // What was sent before this arrived.
  if (chat()?.conversation) remember();
  const all = [
    () => {
      const window = chat();
      const { innerParts = '' } = (window?.constructor ?? {}) as Partial<typeof SahayChat>;
      window?.setAttribute('exportparts', `${windowParts},${innerParts}`);
    },
    during(
      () => bubble.isConnected,
      (_, signal) => screen.addEventListener('change', arrange, { signal }),
    ),
    during(
      () => bubble.isConnected && !bubble.hidden && bubble.isOpen && screen.matches,
      (_, signal) => {
        coverPage(panel, focus, signal);
        closeOnBack(() => bubble.close(), signal);
      },
    ),
    during(
      () => bubble.isConnected && bubble.getAttribute('avoid'),
      (selector, signal) => keepOff(selector, launcher, (styles.cssRules[0] as CSSStyleRule).style, signal),
    ),
    during(
      () => bubble.isConnected && onTop(),
      (_, signal) => standOnTop(bubble, signal),
    ),
    during(
      () => bubble.isConnected && (onTop() || bubble.isOpen),
      (_, signal) => standBesideDialogs(bubble, signal),
    ),
    during(
      () => bubble.isConnected && (bubble.client ?? chat()?.currentClient),
      (client, signal) => news.follow(client, signal),
    ),
    badgeOn(bubble, launcher),
    () => news.look(),
    () => box.show(bubble.isOpen ? undefined : (bubble.teaser ?? news.offer)),
  ];
  const arrange = (): void => {
    for (const look of all) look();
  };
  return arrange;
}
