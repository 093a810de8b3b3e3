import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  faceAwfulIcon,
  faceBadIcon,
  faceGoodIcon,
  faceGreatIcon,
  faceNeutralIcon,
} from '../icons/late-icons.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import type { StringKey } from '../locales/locale-strings.ts';
import { base } from '../theme/base.ts';
import { tokens } from '../theme/tokens.ts';

completeEnglish();

/** Satisfaction (1 to 5), recommendation (0 to 10), effort (1 to 7), or whatever a question of its own asks (0 to 10). */
export type RatingKind = 'csat' | 'nps' | 'ces' | 'score';

/** Which score was chosen. */
export interface RateDetail {
  score: number;
}

const faces = [faceAwfulIcon, faceBadIcon, faceNeutralIcon, faceGoodIcon, faceGreatIcon];
interface Scale {
  from: number;
  to: number;
  /** What the ends mean, where that is known. */
  low?: StringKey;
  high?: StringKey;
}
const scales: Record<RatingKind, Scale> = {
  csat: { from: 1, to: 5, low: 'csat1', high: 'csat5' },
  nps: { from: 0, to: 10, low: 'npsLow', high: 'npsHigh' },
  ces: { from: 1, to: 7, low: 'cesLow', high: 'cesHigh' },
  score: { from: 0, to: 10 },
};

/**
 * A score to choose: five faces, or a row of numbers. Real radio buttons, so arrows, Tab and screen readers work as everywhere.
 *
 * @fires {CustomEvent<RateDetail>} sahay-rate - A score was chosen.
 * @csspart option - One choice.
 */
export class SahayRating extends SahayElement {
  static override styles = [
    tokens,
    base,
    css`
      :host {
        display: block;
      }
      .options {
        display: flex;
        justify-content: space-between;
        gap: 2px;
      }
      .numbers {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(44px, 1fr));
        gap: 6px;
      }
      /* Six and five where each has its 44 pixels, else four, four and three: no number stands alone in a row. */
      :is(.nps, .score) {
        grid-template-columns: repeat(auto-fit, minmax(clamp(44px, (294px - 100%) * 999, 22%), 1fr));
      }
      /* All seven in a row where each has its 44 pixels, else four and three. */
      .ces {
        grid-template-columns: repeat(auto-fit, minmax(clamp(44px, (332px - 100%) * 999, 22%), 1fr));
        gap: 4px;
      }
      label {
        position: relative;
        display: grid;
        place-items: center;
        min-inline-size: 44px;
        min-block-size: 44px;
        border: 1px solid transparent;
        border-radius: 99px;
        color: var(--_muted);
        cursor: pointer;
        transition:
          background-color var(--_fast),
          color var(--_fast),
          transform var(--_base) var(--_spring);
      }
      .numbers label {
        border-color: var(--_border-strong);
        border-radius: var(--_radius-s);
        font-variant-numeric: tabular-nums;
        font-weight: 600;
      }
      label .icon {
        inline-size: 32px;
        block-size: 32px;
      }
      input {
        position: absolute;
        inset: 0;
        opacity: 0;
        cursor: inherit;
      }
      label:has(:checked) {
        border-color: transparent;
        background: var(--_attention);
        color: var(--_on-attention);
      }
      .faces label:has(:checked) {
        transform: scale(1.1);
      }
      label:has(:focus-visible) {
        outline: 2px solid var(--_link);
        outline-offset: 2px;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        gap: var(--_space-3);
        margin-block-start: var(--_space-2);
        color: var(--_muted);
        font-size: var(--_text-xs);
      }
      .ends :last-child {
        text-align: end;
      }
      @media (hover: hover) {
        label:not(:has(:checked)):hover {
          background: color-mix(in oklab, var(--_text) 7%, transparent);
          color: var(--_text);
        }
      }
      @media (forced-colors: active) {
        label:has(:checked) {
          outline: 3px solid Highlight;
        }
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    kind: {},
    value: { type: Number },
    label: {},
  };

  /** What is rated. */
  kind: RatingKind = 'csat';
  /** The score chosen so far. */
  value: number | undefined;
  /** The question, as the group's name. */
  label = '';

  override focus(options?: FocusOptions): void {
    const { renderRoot } = this;
    (renderRoot.querySelector<HTMLElement>(':checked') ?? renderRoot.querySelector('input'))?.focus(options);
  }

  protected override render(): TemplateResult {
    const { from, to, low, high } = scales[this.kind] ?? scales.csat;
    const scores = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const withFaces = this.kind === 'csat';
    return html`<div role="radiogroup" aria-label=${this.label}>
      <div class="options ${withFaces ? 'faces' : `numbers ${this.kind}`}">
        ${scores.map((score) => this.#option(score, to))}
      </div>
      ${low && high ? html`<div class="ends" aria-hidden="true"><span>${this.text(low)}</span><span>${this.text(high)}</span></div>` : nothing}
    </div>`;
  }

  #option(score: number, max: number): TemplateResult {
    return html`<label part="option" title=${this.#name(score, max)}
      ><input
        type="radio"
        name="score"
        value=${score}
        aria-label=${this.#name(score, max)}
        .checked=${score === this.value}
        @change=${() => this.#choose(score)}
      />${this.kind === 'csat' ? faces[score - 1]!() : this.formats.number(score)}</label
    >`;
  }

  /** `Satisfied` for a face; `7 of 10` for a number, with what the ends mean at the ends. */
  #name(score: number, max: number): string {
    if (this.kind === 'csat') return this.text(`csat${score as 1 | 2 | 3 | 4 | 5}`);
    const { from, low, high } = scales[this.kind] ?? scales.csat;
    const meant = score === from ? low : score === max ? high : undefined;
    const end = meant ? this.text(meant) : '';
    const name = this.text('scoreOf', { score, max });
    return end ? `${name}, ${end}` : name;
  }

  #choose(score: number): void {
    this.value = score;
    const detail: RateDetail = { score };
    this.dispatchEvent(new CustomEvent('sahay-rate', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-rating': SahayRating;
  }
}
