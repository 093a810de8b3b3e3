import { css } from 'lit';

export const insightsStyles = css`
  :host {
    display: block;
    min-block-size: 0;
    overflow: hidden auto;
    background: var(--_surface);
    container-type: inline-size;
  }
  .page {
    max-inline-size: 1120px;
    margin-inline: auto;
    padding: var(--_space-4) var(--_space-5) var(--_space-6);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2) var(--_space-4);
    margin-block-end: var(--_space-4);
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: var(--_text-xl);
    font-weight: 600;
    line-height: 1.25;
  }
  h3 {
    font-size: var(--_text-s);
    font-weight: 600;
  }
  .range {
    display: flex;
    padding: 2px;
    border: 1px solid var(--_border);
    border-radius: 99px;
    background: var(--_raised);
  }
  .range label {
    position: relative;
    display: flex;
    align-items: center;
    min-block-size: 36px;
    padding-inline: var(--_space-3);
    border: 1px solid transparent;
    border-radius: 99px;
    color: var(--_muted);
    font-size: var(--_text-s);
    cursor: pointer;
  }
  .range input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: inherit;
  }
  .range label:has(:checked) {
    border-color: var(--_border);
    background: var(--_soft);
    color: var(--_on-soft);
    font-weight: 600;
  }
  .range label:has(:focus-visible) {
    outline: 2px solid var(--_link);
    outline-offset: 1px;
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: var(--_space-3);
  }
  .lists {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    align-items: start;
    gap: var(--_space-3);
    margin-block-start: var(--_space-3);
  }
  .card {
    padding: var(--_space-4);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_raised);
  }
  .value {
    margin-block: var(--_space-1) 0;
    font-size: calc(var(--_size) * 2.1);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 1.25;
  }
  .value.none {
    color: var(--_muted);
    font-size: var(--_text-xl);
    font-weight: 400;
  }
  .hint,
  .more,
  .none,
  .about {
    color: var(--_muted);
    font-size: var(--_text-s);
    text-wrap: pretty;
  }
  .more {
    margin-block-start: var(--_space-2);
    color: var(--_text);
  }
  .bar {
    display: block;
    inline-size: 100%;
    block-size: 8px;
  }
  .bar:dir(rtl) {
    transform: scaleX(-1);
  }
  .bar .track {
    fill: var(--_border);
  }
  .bar .share {
    fill: var(--_accent);
  }
  .card > .bar {
    margin-block-start: var(--_space-3);
  }
  .distribution,
  .legend,
  ol {
    margin: var(--_space-2) 0 0;
    padding: 0;
    list-style: none;
    font-size: var(--_text-s);
  }
  .distribution li {
    display: grid;
    grid-template-columns: 16px 1fr auto;
    align-items: center;
    gap: var(--_space-2);
    line-height: 1.5;
    font-variant-numeric: tabular-nums;
  }
  .distribution .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
    color: var(--_muted);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space-3);
  }
  .legend li::before {
    content: '';
    display: inline-block;
    inline-size: 10px;
    block-size: 10px;
    margin-inline-end: 6px;
    border: 1px solid var(--_border-strong);
    border-radius: 3px;
    background: var(--_border);
  }
  .legend .bot::before {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  ol li {
    padding-block: var(--_space-2);
    border-block-start: 1px solid var(--_border);
  }
  ol li:first-child {
    border: 0;
  }
  .question,
  .about q {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .question {
    font-size: var(--_text-m);
  }
  .about {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_space-3);
  }
  .about q {
    display: inline;
  }
  .link {
    min-block-size: 28px;
    min-inline-size: 28px;
    padding-inline: var(--_space-1);
    border-radius: var(--_radius-s);
    color: var(--_link);
    font-size: var(--_text-s);
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .none {
    margin-block-start: var(--_space-3);
  }
  .state {
    display: grid;
    justify-items: center;
    gap: var(--_space-2);
    padding: 12cqi var(--_space-4);
    text-align: center;
    text-wrap: pretty;
  }
  .state > .icon {
    inline-size: 40px;
    block-size: 40px;
    color: var(--_muted);
  }
  .state h3 {
    font-size: var(--_text-l);
  }
  .state p {
    max-inline-size: 40ch;
    color: var(--_muted);
  }
  .skeleton {
    display: grid;
    align-content: start;
    gap: var(--_space-3);
    min-block-size: 150px;
  }
  .skeleton.tall {
    min-block-size: 240px;
  }
  .skeleton > i {
    block-size: 14px;
    border-radius: 7px;
    background: color-mix(in oklab, var(--_text) 8%, transparent);
  }
  .skeleton > i:first-child {
    inline-size: 55%;
  }
  .skeleton > i:nth-child(2) {
    inline-size: 35%;
    block-size: 28px;
  }
  @container (max-width: 61em) {
    .figures {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @container (max-width: 42.6em) {
    .lists {
      grid-template-columns: minmax(0, 1fr);
    }
    .page {
      padding-inline: var(--_space-4);
    }
  }
  @container (max-width: 30.6em) {
    .figures {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  /* Large text on a narrow screen: each span in a column of its own, its words below one another. */
  @container (max-width: 20em) {
    .range {
      inline-size: 100%;
      border-radius: var(--_radius-m);
    }
    .range label {
      flex: 1;
      justify-content: center;
      padding: var(--_space-1) 2px;
      border-radius: var(--_radius-s);
      font-size: var(--_text-xs);
      line-height: 1.2;
      text-align: center;
    }
  }
  @media (pointer: coarse) {
    .range label,
    .link {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .bar .share {
      fill: Highlight;
    }
  }
`;
