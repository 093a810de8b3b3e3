import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { moonIcon } from '../icons/late-icons.ts';
import { alertIcon, checkIcon, clockIcon } from '../icons/window-icons.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { base } from '../theme/base.ts';
import { bannerStyles } from './banner.styles.ts';
import { closedBannerStyles } from './closed-banner.styles.ts';
import { windowTokens } from '../theme/window-tokens.ts';

/** What a banner is about: chooses its icon and tone. */
export type BannerKind = 'connection' | 'away' | 'queue' | 'closed' | 'problem';

const icons = {
  connection: alertIcon,
  away: moonIcon,
  queue: clockIcon,
  closed: checkIcon,
  problem: alertIcon,
} satisfies Record<BannerKind, () => TemplateResult>;

/**
 * One line about the conversation's state, between transcript and composer: offline, waiting, closed. It speaks for itself when
 * its words change.
 *
 * @slot - The words.
 * @slot action - A button.
 * @csspart banner - The line.
 */
export class SahayBanner extends SahayElement {
  static override styles = [
    windowTokens,
    base,
    bannerStyles,
    closedBannerStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    kind: { reflect: true },
  };

  /** What it is about. */
  kind: BannerKind = 'connection';

  /** Whether there are words to put the icon beside. */
  get #worded(): boolean {
    return [...this.childNodes].some((node) =>
      node instanceof Element ? !node.slot : node instanceof Text && node.data.trim() !== '',
    );
  }

  protected override render(): TemplateResult {
    return html`<div class="banner ${this.kind}" part="banner">
      <div class="words" ?hidden=${!this.#worded}>
        ${icons[this.kind]()}<slot @slotchange=${() => this.requestUpdate()}></slot>
      </div>
      <slot name="action"></slot>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-banner': SahayBanner;
  }
}
