import { css } from 'lit';

export const cannedRepliesStyles = css`
  :host {
    display: block;
  }
  .panel {
    display: grid;
    gap: var(--_space-2);
    padding: var(--_space-3);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_raised);
    box-shadow: var(--_shadow);
  }
  input {
    inline-size: 100%;
    min-block-size: 40px;
    padding-inline: var(--_space-3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    font-size: var(--_text-input);
  }
  [role='listbox'] {
    max-block-size: min(280px, 40vh);
    overflow: hidden auto;
    scrollbar-width: thin;
  }
  [role='option'] {
    display: grid;
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid transparent;
    border-radius: var(--_radius-s);
    cursor: pointer;
  }
  [role='option'] > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  b {
    font-weight: 600;
  }
  [role='option'] > span {
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  [role='option'][aria-selected='true'] {
    border-color: color-mix(in oklab, var(--_link) 40%, transparent);
    background: var(--_soft);
  }
  [role='option'][aria-selected='true'] > span {
    color: var(--_text);
  }
  .state {
    margin: 0;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .edit {
    justify-self: start;
    min-block-size: 36px;
    font-size: var(--_text-s);
  }
  @media (hover: hover) {
    [role='option']:not([aria-selected='true']):hover {
      background: color-mix(in oklab, var(--_text) 6%, transparent);
    }
  }
`;
