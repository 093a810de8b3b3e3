import { css } from 'lit';

export const messageListStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
  }
  .scroller {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_border-strong) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -3px;
  }
  .content {
    display: flex;
    flex-direction: column;
    min-block-size: 100%;
    padding: var(--_space-3) 14px var(--_space-4);
  }
  .rows {
    display: flex;
    flex-direction: column;
  }
  .rows:not([data-cut]) > :first-child {
    margin-block-start: 0;
  }
  .skeleton {
    display: flex;
    flex-direction: column;
    gap: var(--_space-2);
    padding-block-start: var(--_space-4);
  }
  .skeleton > i {
    inline-size: 62%;
    block-size: 42px;
    margin-inline-start: 36px;
    border-radius: var(--_radius-bubble);
    border-end-start-radius: var(--_radius-tail);
    background: color-mix(in oklab, var(--_text) 7%, transparent);
  }
  .skeleton > i:nth-child(3n) {
    inline-size: 46%;
    align-self: flex-end;
    border-radius: var(--_radius-bubble);
    border-end-end-radius: var(--_radius-tail);
  }
`;
