import { css } from 'lit';

/** Needs `tokens` and `base` before it. */
export const whyAnswerStyles = css`
  .why {
    font-size: var(--_text-s);
  }
  .why summary {
    display: flex;
    align-items: center;
    gap: 2px;
    inline-size: fit-content;
    min-block-size: 28px;
    padding: 2px var(--_space-2);
    border-radius: var(--_radius-s);
    color: var(--_link);
    font-size: var(--_text-s);
    cursor: pointer;
    list-style: none;
  }
  .why summary::-webkit-details-marker {
    display: none;
  }
  .why summary .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
    transition: rotate var(--_fast) var(--_ease);
  }
  .why[open] summary .icon {
    rotate: 180deg;
  }
  .trace {
    display: grid;
    gap: var(--_space-2);
    margin-block-start: var(--_space-1);
    padding: var(--_space-3) var(--_space-4);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_raised);
    text-align: start;
  }
  .trace p {
    margin: 0;
  }
  .trace .outcome,
  .trace .heading {
    font-weight: 600;
  }
  .trace .confidence {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--_space-3);
  }
  .trace ol {
    display: grid;
    gap: var(--_space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .trace li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 2px var(--_space-3);
  }
  .trace .title {
    overflow-wrap: anywhere;
  }
  .trace .score {
    font-variant-numeric: tabular-nums;
  }
  .bar {
    display: block;
    grid-column: 1 / -1;
    inline-size: 100%;
    block-size: 6px;
  }
  .bar:dir(rtl) {
    transform: scaleX(-1);
  }
  .bar .track {
    fill: var(--_border);
  }
  .bar .value {
    fill: var(--_accent);
  }
  .bar .low {
    fill: var(--_border-strong);
  }
  .bar .mark {
    fill: var(--_text);
  }
  .trace dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px var(--_space-3);
    margin: 0;
  }
  .trace dt,
  .trace .none,
  .trace .only {
    color: var(--_muted);
  }
  .trace dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .trace .only {
    font-size: var(--_text-xs);
  }
  @media (pointer: coarse) {
    .why summary {
      min-block-size: 40px;
      line-height: 36px;
    }
  }
  @media (forced-colors: active) {
    .bar .value {
      fill: Highlight;
    }
    .bar .mark {
      fill: CanvasText;
    }
  }
`;
