import { css } from 'lit';

/** Looks of the search line, in the window's root. */
export const searchStyles = css`
  .search {
    display: flex;
    align-items: center;
    padding-inline: var(--_space-4) var(--_space-1);
    border-block-end: 1px solid var(--_border);
    background: var(--_raised);
    transition: translate var(--_fast) var(--_ease);
  }
  .search > .icon {
    color: var(--_muted);
  }
  .search > input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 48px;
    padding-inline: var(--_space-3);
    border: 0;
    background: none;
    font-size: var(--_text-input);
    text-overflow: ellipsis;
  }
  .search > input:focus-visible {
    outline-offset: -4px;
    border-radius: var(--_radius-s);
  }
  /* A second cross, beside the one that closes the line. */
  .search > input::-webkit-search-cancel-button {
    display: none;
  }
  .search > .count {
    flex: none;
    margin-inline-start: var(--_space-1);
    color: var(--_muted);
    font-size: var(--_text-s);
    font-variant-numeric: tabular-nums;
  }
  .search > .icon-button {
    inline-size: 40px;
  }
  .search > .later .icon {
    rotate: 180deg;
  }
`;
