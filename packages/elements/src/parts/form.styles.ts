import { css } from 'lit';

export const formStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    inline-size: min(100%, 340px);
    padding: var(--_space-3) var(--_space-4);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_raised);
    color: var(--_text);
  }
  form {
    display: grid;
    gap: var(--_space-3);
  }
  :is(h3, p, ul, dl, dd) {
    margin: 0;
  }
  h3 {
    font-size: var(--_text-m);
  }
  .field {
    display: grid;
    gap: var(--_space-1);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .field.check {
    grid-template-columns: auto 1fr;
    align-items: center;
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
  input[type='file'] {
    max-inline-size: 100%;
    min-block-size: 44px;
    font: inherit;
    font-size: var(--_text-s);
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
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-1) var(--_space-3);
  }
  .choices label {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-1);
    min-block-size: 32px;
    font-weight: 400;
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
    inline-size: 16px;
    block-size: 16px;
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
