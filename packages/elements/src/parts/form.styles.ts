import { css } from 'lit';

export const formStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    inline-size: min(100%, 340px);
    padding: var(--_space-3) 14px 14px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-bubble);
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_lift);
  }
  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
  }
  .fields > .button {
    min-block-size: var(--_target);
  }
  .fields > .problem:not(:has(*)) {
    margin-block-start: -6px;
  }
  :is(h3, p, ul, dl, dd) {
    margin: 0;
  }
  h3 {
    font-size: var(--_text-m);
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-1);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .field.check {
    grid-template-columns: auto minmax(0, 1fr);
    align-items: start;
    column-gap: var(--_space-2);
  }
  .field.check label {
    padding-block-start: 1px;
    font-weight: 400;
  }
  .field.check > :is(small, .problem) {
    grid-column: 1 / -1;
  }
  :is(label, legend) {
    font-size: var(--_text-s);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  legend {
    padding: 0;
  }
  small {
    color: var(--_muted);
    font-size: var(--_text-xs);
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  :is(input:not([type='checkbox'], [type='radio'], [type='file']), select, textarea) {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 44px;
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: max(16px, var(--_text-m));
  }
  textarea {
    resize: vertical;
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  input[type='file'] {
    max-inline-size: 100%;
    color: var(--_muted);
    font: inherit;
    font-size: var(--_text-s);
  }
  ::file-selector-button {
    min-block-size: 40px;
    margin-inline-end: var(--_space-2);
    padding-inline: var(--_space-4);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-m);
    background: var(--_raised);
    color: var(--_text);
    font: inherit;
    font-weight: 600;
  }
  :is(input[type='checkbox'], input[type='radio']) {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--_link);
  }
  [aria-invalid='true'] {
    border-color: var(--_danger) !important;
  }
  .choices {
    display: grid;
    gap: 2px;
  }
  .choices label {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 36px;
    font-weight: 400;
  }
  .choices:is(.rating, .scale) {
    grid-template-columns: repeat(auto-fill, minmax(max(2.2em, 100% / 6.5), 1fr));
    gap: 6px;
    margin-block-start: 2px;
  }
  .choices.scale {
    grid-template-columns: repeat(auto-fill, minmax(max(2.2em, 100% / 7.6), 1fr));
  }
  :is(.rating, .scale) label {
    position: relative;
    justify-content: center;
    min-block-size: 40px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-s);
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }
  :is(.rating, .scale) input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    cursor: pointer;
  }
  :is(.rating, .scale) label:has(:checked) {
    border-color: var(--_attention);
    background: var(--_attention);
    color: var(--_on-attention);
    font-weight: 600;
  }
  :is(.rating, .scale) label:has(:focus-visible) {
    outline: 2px solid var(--_link);
    outline-offset: 2px;
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-s);
  }
  .problem:empty {
    display: none;
  }
  .summary {
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_danger);
    border-radius: var(--_radius-s);
    font-size: var(--_text-s);
  }
  ul {
    padding-inline-start: 1.25em;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .summary ul {
    padding: 0;
    list-style: none;
  }
  .summary button {
    min-block-size: 32px;
    color: var(--_danger);
    text-align: start;
    text-decoration: underline;
    overflow-wrap: anywhere;
  }
  .sent {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-1);
    font-size: var(--_text-s);
  }
  .sent .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
    color: var(--_link);
  }
  dl {
    display: grid;
    gap: 0 var(--_space-2);
    margin-block-start: var(--_space-2);
    font-size: var(--_text-s);
    overflow-wrap: anywhere;
  }
  dt {
    color: var(--_muted);
    font-size: var(--_text-xs);
  }
  dd {
    margin-block-end: var(--_space-2);
  }
`;
