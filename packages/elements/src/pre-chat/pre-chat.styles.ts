import { css } from 'lit';

export const preChatStyles = css`
  :host {
    display: block;
    max-block-size: 75%;
    overflow: hidden auto;
    overscroll-behavior: contain;
    border-block-start: 1px solid var(--_border);
    background: var(--_raised);
  }
  form {
    display: grid;
    gap: var(--_space-3);
    max-inline-size: 65ch;
    margin-inline: auto;
    padding: var(--_space-4) var(--_space-4) max(var(--_space-4), env(safe-area-inset-bottom));
  }
  :is(h3, p) {
    margin: 0;
  }
  h3 {
    font-size: var(--_text-m);
    font-weight: 600;
  }
  .field {
    display: grid;
    gap: var(--_space-1);
    min-inline-size: 0;
  }
  .field.check {
    grid-template-columns: auto minmax(0, 1fr);
    align-items: start;
    gap: var(--_space-1) var(--_space-2);
  }
  .check > :is(small, .problem) {
    grid-column: 2;
  }
  label {
    font-size: var(--_text-s);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  small {
    color: var(--_muted);
    font-size: var(--_text-s);
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  :is(input:not([type='checkbox']), select, textarea) {
    inline-size: 100%;
    min-block-size: 44px;
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    font-size: var(--_text-input);
  }
  input[type='checkbox'] {
    inline-size: 20px;
    block-size: 20px;
    margin: 1px 0 0;
    accent-color: var(--_link);
  }
  [aria-invalid='true'] {
    border-color: var(--_danger) !important;
    outline-color: var(--_danger);
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-s);
  }
  .signal {
    color: var(--_muted);
    font-size: var(--_text-s);
  }
`;
