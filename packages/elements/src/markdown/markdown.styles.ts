import { css, unsafeCSS } from 'lit';
import { lateTokensText } from '../theme/late-tokens-text.ts';

/**
 * Looks of drawn Markdown; needs `tokens` and `base` before it. It comes with the lazily loaded renderer, so a component
 * adds it to its root when that has arrived: `adoptStyles(root, [...styles, markdownStyles])`.
 */
export const markdownStyles = css`
  ${unsafeCSS(lateTokensText)}
  :is(p, h3, h4, h5, h6, ul, ol, blockquote, pre, figure, .table) {
    margin: 0;
  }
  :is(p, h3, h4, h5, h6, ul, ol, blockquote, figure, .table, hr) + * {
    margin-block-start: var(--_space-2);
  }
  :is(h3, h4, h5, h6) {
    font-size: var(--_text-m);
    font-weight: 650;
    line-height: 1.3;
  }
  h3 {
    font-size: var(--_text-l);
  }
  :is(p, li, td, th, h3, h4, h5, h6) {
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
    text-align: start;
  }
  :is(ul, ol) {
    padding-inline-start: 1.5em;
  }
  li + li {
    margin-block-start: var(--_space-1);
  }
  .task {
    display: flex;
    gap: var(--_space-2);
    margin-inline-start: -1.5em;
  }
  .task input {
    flex: none;
    margin-block: 0.35em auto;
    accent-color: var(--_link);
  }
  .task div {
    min-inline-size: 0;
  }
  blockquote {
    padding-inline-start: var(--_space-3);
    border-inline-start: 3px solid var(--_border-strong);
    color: var(--_muted);
  }
  hr {
    margin: var(--_space-3) 0;
    border: 0;
    border-block-start: 1px solid var(--_border);
  }
  code {
    padding: 0.1em 0.3em;
    border-radius: 0.3em;
    background: color-mix(in oklab, currentColor 8%, transparent);
    font: 0.9em/1.45 var(--_mono);
    direction: ltr;
    unicode-bidi: isolate;
  }
  .code-block {
    border: 1px solid var(--_border);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    color: var(--_text);
    overflow: hidden;
  }
  .code-block figcaption {
    display: flex;
    align-items: center;
    padding-inline: var(--_space-3) var(--_space-1);
    color: var(--_muted);
    font-size: var(--_text-xs);
  }
  .code-block button {
    min-block-size: 32px;
    margin-inline-start: auto;
    padding-inline: var(--_space-2);
    border-radius: var(--_radius-s);
  }
  button[data-copied] .before-copy,
  button:not([data-copied]) .after-copy {
    display: none;
  }
  pre {
    padding: 0 var(--_space-3) var(--_space-3);
    overflow-x: auto;
    tab-size: 2;
  }
  pre code {
    padding: 0;
    background: none;
  }
  .comment {
    color: var(--_muted);
    font-style: italic;
  }
  .string {
    color: light-dark(#0b6452, #7fd1b9);
  }
  .number {
    color: light-dark(#8a4b00, #e8b26a);
  }
  .keyword {
    color: light-dark(#6b3fa0, #c7a6f0);
  }
  .table {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    font-size: var(--_text-s);
  }
  :is(td, th) {
    padding: 6px var(--_space-2);
    border-block-end: 1px solid color-mix(in oklab, currentColor 16%, transparent);
    overflow-wrap: normal;
    vertical-align: top;
  }
  :is(td, th):first-child {
    padding-inline-start: 0;
  }
  tbody tr:last-child > td {
    border: 0;
  }
  th {
    color: color-mix(in oklab, currentColor 75%, transparent);
    font-size: var(--_text-xs);
    font-weight: 600;
    vertical-align: bottom;
  }
  :is(td, th)[data-align='center'] {
    text-align: center;
  }
  :is(td, th)[data-align='right'] {
    text-align: right;
    white-space: nowrap;
  }
  a {
    text-decoration-color: color-mix(in oklab, currentColor 50%, transparent);
  }
  .link-host {
    color: var(--_muted);
    font-size: var(--_text-xs);
  }
  .hidden-visually {
    user-select: none;
  }
`;
