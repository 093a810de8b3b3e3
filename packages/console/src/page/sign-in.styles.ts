import { css } from 'lit';

export const signInStyles = css`
  :host {
    display: grid;
    place-items: center;
    block-size: 100%;
    padding: var(--_space-4);
    overflow: auto;
    background: var(--_surface);
  }
  main {
    inline-size: min(420px, 100%);
    padding: var(--_space-6);
    border: 1px solid var(--_border);
    border-block-start: 4px solid var(--_accent);
    border-radius: 0 0 var(--_radius) var(--_radius);
    background: var(--_raised);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    margin: 0 0 var(--_space-5);
    color: var(--_link);
    font-size: var(--_text-l);
    font-weight: 600;
  }
  .brand > .icon {
    inline-size: 28px;
    block-size: 28px;
  }
  h1 {
    margin: 0 0 var(--_space-2);
    font-size: var(--_text-xl);
    font-weight: 600;
    line-height: 1.25;
    text-wrap: balance;
  }
  p {
    margin: 0 0 var(--_space-4);
  }
  label {
    display: block;
    margin-block-end: var(--_space-1);
    font-size: var(--_text-s);
    font-weight: 600;
  }
  input {
    inline-size: 100%;
    min-block-size: 44px;
    padding-inline: var(--_space-3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    font-size: var(--_text-input);
  }
  .hint,
  .done {
    margin-block: var(--_space-1) var(--_space-4);
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .error {
    color: var(--_danger);
  }
  .button {
    inline-size: 100%;
    min-block-size: 44px;
  }
`;
