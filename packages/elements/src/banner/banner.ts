import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { alertIcon, checkIcon, clockIcon, moonIcon } from '../icons/window-icons.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { base } from '../theme/base.ts';
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
    css`
      :host {
        display: block;
        border-block-start: 1px solid var(--_border);
        background: var(--_raised);
        font-size: var(--_text-s);
      }
      .banner {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--_space-2) var(--_space-3);
        padding: 10px var(--_space-4);
        color: var(--_muted);
      }
      .words {
        flex: 1 1 60%;
        min-inline-size: 0;
        display: flex;
        align-items: flex-start;
        gap: var(--_space-2);
      }
      .icon {
        margin-block-start: 0.05em;
      }
      :host([kind='connection']) .banner {
        background: color-mix(in oklab, var(--_attention) 16%, var(--_raised));
        color: var(--_text);
      }
      :host([kind='problem']) .icon {
        color: var(--_danger);
      }
      :host([kind='closed']) .banner {
        flex-direction: column;
        align-items: stretch;
        padding-block-end: max(var(--_space-3), env(safe-area-inset-bottom));
        text-align: center;
      }
      :host([kind='closed']) .words {
        justify-content: center;
      }
      :host([kind='closed']) .icon {
        color: var(--_success);
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
    return html`<div class="banner" part="banner">
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
