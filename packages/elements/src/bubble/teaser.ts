import { closePath } from '../icons/launcher-paths.ts';
import type { SahayBubble, Teaser } from './bubble.ts';
import { h, icon } from './nodes.ts';

/** A teaser with something to do when it is taken up or waved away. */
export interface Offer extends Teaser {
  taken?(): void;
  dismissed?(): void;
}

const dismissLabels: Record<string, string> & { en: string } = {
  en: 'Dismiss',
  bn: 'সরিয়ে দিন',
  ar: 'تجاهل',
};

/** The place beside the closed bubble where somebody says something. */
export class TeaserBox {
  readonly #bubble: SahayBubble;
  // Read aloud when it comes, at the next pause.
  readonly #box = h('div', { class: 'teaser', part: 'teaser', role: 'status', hidden: '' });
  #shown: Offer | undefined;

  /** @param before what it follows in the order of the keyboard */
  constructor(bubble: SahayBubble, before: HTMLElement) {
    this.#bubble = bubble;
    before.after(this.#box);
  }

  /** Shows an offer, or nothing. The same one is not drawn again. */
  show(offer: Offer | undefined): void {
    this.#box.hidden = !offer;
    if (offer === this.#shown) return;
    this.#shown = offer;
    this.#box.replaceChildren(...(offer ? this.#draw(offer) : []));
  }

  #draw(offer: Offer): HTMLElement[] {
    const body = h('button', { type: 'button' });
    const says = (tag: 'b' | 'span' | 'small', words: string | undefined): void => {
      if (!words) return;
      const element = h(tag, { dir: 'auto' });
      element.textContent = words;
      body.append(element);
    };
    says('b', offer.author);
    says('span', offer.text);
    says('small', offer.reason);
    body.addEventListener('click', () => {
      this.#bubble.open();
      if (this.#bubble.isOpen) offer.taken?.();
    });
    const language = this.#bubble.locale.split('-')[0] ?? '';
    const label = dismissLabels[language] ?? dismissLabels.en;
    const dismiss = h('button', { type: 'button', class: 'dismiss', 'aria-label': label });
    dismiss.append(icon(closePath));
    dismiss.addEventListener('click', () => {
      this.#bubble.teaser = undefined;
      offer.dismissed?.();
    });
    return [body, dismiss];
  }
}
