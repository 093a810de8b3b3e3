import { css } from 'lit';

export const pickerStyles = css`
  .emoji-picker {
    inline-size: min(324px, calc(100vw - 12px));
    padding: var(--_space-2);
  }
  .emoji-picker > input {
    inline-size: 100%;
    min-block-size: 40px;
    padding-inline: var(--_space-3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-m);
    background: var(--_surface);
    font-size: var(--_text-input);
  }
  .emoji-scroll {
    block-size: min(240px, 40vh);
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .emoji-picker h3 {
    margin: var(--_space-3) 0 var(--_space-1);
    color: var(--_muted);
    font-size: var(--_text-xs);
    font-weight: 600;
  }
  .emoji-picker p {
    color: var(--_muted);
    text-align: center;
  }
  .emoji-grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(36px, 1fr));
    content-visibility: auto;
    contain-intrinsic-block-size: auto 400px;
  }
  .emoji-picker button {
    block-size: 36px;
    border-radius: var(--_radius-s);
    font-size: 22px;
    line-height: 1;
  }
  .emoji-picker button:is(:hover, :focus-visible) {
    background: color-mix(in oklab, var(--_text) 9%, transparent);
  }
  .emoji-picker button:focus-visible {
    outline-offset: -2px;
  }
  .emoji-groups {
    display: flex;
    justify-content: space-between;
    margin-block-start: var(--_space-1);
    padding-block-start: var(--_space-1);
    border-block-start: 1px solid var(--_border);
  }
  .emoji-groups > button {
    inline-size: 40px;
    font-size: 18px;
  }
`;
