import { css } from 'lit';

/**
 * Resets that every component shares: box model, text, plain buttons, the focus ring, icons and hidden text.
 *
 * Filled surfaces (bubbles, badges, buttons) keep their one-pixel transparent border: forced colours make it visible.
 */
export const base = css`
  :host {
    font: 400 var(--_text-m) / var(--_leading) var(--_font);
    color: var(--_text);
    -webkit-text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  button,
  input,
  textarea,
  select {
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
    margin: 0;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    padding: 0;
    border: 1px solid transparent;
    background: none;
    text-align: inherit;
    cursor: pointer;
    touch-action: manipulation;
  }
  button:disabled {
    cursor: default;
  }
  a {
    color: var(--_link);
    text-underline-offset: 0.15em;
  }
  :focus-visible {
    outline: 2px solid var(--_link);
    outline-offset: 2px;
  }
  :focus:not(:focus-visible) {
    outline: none;
  }
  .icon {
    display: block;
    flex: none;
    inline-size: max(20px, var(--_size) * 1.3);
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon.mirror:dir(rtl) {
    transform: scaleX(-1);
  }
  .hidden-visually {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [lang|='bn'] {
    line-height: 1.62;
  }
  [lang|='ar'] {
    line-height: 1.7;
  }
`;
