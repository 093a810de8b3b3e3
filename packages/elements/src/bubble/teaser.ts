import { closePath } from '../icons/launcher-paths.ts';
import type { Teaser } from './bubble.ts';
import { h, icon } from './nodes.ts';

const styles = `.teaser{position:absolute;inset-block-end:72px;inset-inline-end:0;display:flex;width:max-content;max-width:min(280px,calc(100vw - 40px));border-radius:14px;background:var(--sahay-surface-raised,light-dark(#fff,#1e2321));color:var(--sahay-text,light-dark(#1c211f,#ebefec));box-shadow:var(--_shadow);animation:rise var(--_base) var(--_ease)}
.teaser button{background:none;color:inherit;text-align:start;padding:12px 16px;border-radius:14px}
.teaser .dismiss{padding:8px;flex:none;align-self:start}
.teaser svg{width:18px;height:18px}
.teaser small{display:block;opacity:.75;margin-block-start:4px}
:host([position=start]) .teaser{inset-inline:0 auto}`;

const dismissLabels: Record<string, string> & { en: string } = {
  en: 'Dismiss',
  bn: 'সরিয়ে দিন',
  ar: 'تجاهل',
};

/** What the teaser's buttons are called and do. */
export interface TeaserActions {
  /** The language of the buttons (BCP 47). */
  language: string;
  open(): void;
  dismiss(): void;
}

/** Draws an offer of help into its box; arrives only when there is one. */
export function drawTeaser(box: HTMLElement, { text, reason }: Teaser, actions: TeaserActions): void {
  const root = box.getRootNode() as ShadowRoot;
  if (root.adoptedStyleSheets.length === 1) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets.push(sheet);
  }
  const body = h('button', { type: 'button', dir: 'auto' });
  body.append(text);
  if (reason) {
    const why = h('small');
    why.textContent = reason;
    body.append(why);
  }
  body.addEventListener('click', actions.open);
  const dismiss = h('button', {
    type: 'button',
    class: 'dismiss',
    'aria-label': dismissLabels[actions.language.split('-')[0] ?? ''] ?? dismissLabels.en,
  });
  dismiss.append(icon(closePath));
  dismiss.addEventListener('click', actions.dismiss);
  box.replaceChildren(body, dismiss);
}
