import { css } from 'lit';

export const replyBoxStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .box {
    position: relative;
    border-block-start: 1px solid var(--_border);
    background: var(--_raised);
  }
  .box.note {
    background: var(--_note);
    color: var(--_on-note);
  }
  .bar {
    display: flex;
    align-items: center;
    gap: var(--_space-1) var(--_space-3);
    min-block-size: 44px;
    padding: var(--_space-2) var(--_space-3) 0;
  }
  .modes {
    display: flex;
    flex: none;
    gap: 2px;
  }
  .modes label {
    position: relative;
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 32px;
    padding-inline: 10px;
    border: 1px solid transparent;
    border-radius: var(--_radius-s);
    font-size: var(--_text-s);
    color: var(--_muted);
    cursor: pointer;
  }
  .box.note .modes label {
    color: var(--_on-note);
  }
  .modes input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: inherit;
  }
  .modes label:has(:checked) {
    background: color-mix(in oklab, currentColor 10%, transparent);
    color: var(--_text);
    font-weight: 600;
  }
  .box.note .modes label:has(:checked) {
    border-color: currentColor;
    color: var(--_on-note);
  }
  .modes label:has(:focus-visible) {
    outline: 2px solid var(--_link);
    outline-offset: 1px;
  }
  .modes .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .seen {
    flex: 1;
    min-inline-size: 0;
    line-height: 1.3;
    color: var(--_muted);
    font-size: var(--_text-xs);
  }
  .box.note .seen {
    color: inherit;
    font-weight: 600;
  }
  .tools {
    display: flex;
    flex: none;
  }
  .tools .icon-button {
    inline-size: 36px;
    block-size: 36px;
  }
  .box.note .tools .icon-button {
    color: inherit;
  }
  sahay-canned-replies {
    position: absolute;
    inset-block-end: calc(100% - var(--_space-2));
    inset-inline: var(--_space-3);
    z-index: 1;
    max-inline-size: 560px;
  }
  sahay-composer {
    border-block-start: 0;
    padding-block-start: var(--_space-1);
  }
  .note sahay-composer {
    --sahay-surface-raised: var(--_note);
    --sahay-text-muted: var(--_on-note);
    background: none;
  }
  .note sahay-composer::part(field) {
    border-color: currentColor;
  }
  /* Large text on a narrow screen: who reads it stands below, not in a column of single words. */
  @container (max-width: 20em) {
    .bar {
      flex-wrap: wrap;
    }
    .tools {
      margin-inline-start: auto;
    }
    .seen {
      order: 1;
      flex-basis: 100%;
    }
  }
  @media (pointer: coarse) {
    .modes label {
      min-block-size: 40px;
    }
    .tools .icon-button {
      inline-size: 44px;
      block-size: 44px;
    }
  }
`;
