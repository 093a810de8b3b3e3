import { css } from 'lit';

export const deskStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--_surface);
    container-type: inline-size;
  }
  .tabs {
    display: flex;
    gap: 2px;
    padding: var(--_space-2) var(--_space-2) 0;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tab {
    display: flex;
    flex: 0 1 16.3em;
    min-inline-size: 8.3em;
    border: 1px solid transparent;
    border-block-end: 0;
    border-radius: var(--_radius-s) var(--_radius-s) 0 0;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .tab[data-selected] {
    border-color: var(--_border);
    background: var(--_raised);
    color: var(--_text);
  }
  .tab > [role='tab'] {
    flex: 1;
    justify-content: flex-start;
    min-inline-size: 0;
    min-block-size: 38px;
    padding-inline: var(--_space-3) 0;
    border-radius: var(--_radius-s);
  }
  .tab[data-selected] > [role='tab'] {
    font-weight: 600;
  }
  .tab bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tab :focus-visible {
    outline-offset: -3px;
  }
  .unread {
    flex: none;
    min-inline-size: 20px;
    padding-inline: 5px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--_attention);
    color: var(--_on-attention);
    font-size: var(--_text-xs);
    font-weight: 600;
    line-height: 1.5;
    text-align: center;
  }
  .close {
    flex: none;
    inline-size: 32px;
    color: var(--_muted);
  }
  .close > .icon {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .work {
    flex: 1;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }
  .work[data-details] {
    grid-template-columns: minmax(0, 1fr) minmax(16em, 20em);
  }
  .conversations {
    display: grid;
    min-block-size: 0;
    min-inline-size: 0;
  }
  sahay-conversation {
    grid-area: 1 / 1;
  }
  /* Kept as they are, so that scroll positions and uploads go on; not drawn, not read aloud. */
  sahay-conversation:not([active]) {
    visibility: hidden;
  }
  sahay-context-panel {
    border-inline-start: 1px solid var(--_border);
  }
  sahay-article {
    position: absolute;
    inset: 0;
    z-index: 1;
  }
  .empty {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    padding: var(--_space-5);
    color: var(--_muted);
    text-align: center;
    text-wrap: pretty;
  }
  slot[name='empty'] {
    display: flex;
    flex: 1;
    flex-direction: column;
  }
  .empty > .icon {
    inline-size: 40px;
    block-size: 40px;
  }
  .empty h2 {
    margin: var(--_space-3) 0 var(--_space-1);
    color: var(--_text);
    font-size: var(--_text-l);
    font-weight: 600;
  }
  .empty p {
    max-inline-size: 36ch;
    margin: 0;
  }
  @container (max-width: 50.6em) {
    .work[data-details] {
      grid-template-columns: minmax(0, 1fr);
    }
    .work[data-details] > .conversations {
      display: none;
    }
    sahay-context-panel {
      border: 0;
    }
  }
  @media (hover: hover) {
    .tab:not([data-selected]):hover {
      background: color-mix(in oklab, var(--_text) 6%, transparent);
    }
    .close:hover {
      color: var(--_text);
    }
  }
  @media (pointer: coarse) {
    .tab > [role='tab'] {
      min-block-size: 44px;
    }
    .close {
      inline-size: 40px;
    }
  }
`;
