import { css } from 'lit';

/** The dialog that passes a conversation on; needs the looks of dialogs. */
export const passOnStyles = css`
  fieldset {
    display: grid;
    gap: var(--_space-1);
    margin: 0 0 var(--_space-4);
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: var(--_space-1);
    padding: 0;
    font-size: var(--_text-s);
    font-weight: 600;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-block-size: 52px;
    margin: 0;
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    cursor: pointer;
  }
  .choice:has(:checked) {
    border-color: color-mix(in oklab, var(--_link) 40%, transparent);
    background: var(--_soft);
    color: var(--_on-soft);
  }
  .choice:has(:focus-visible) {
    outline: 2px solid var(--_link);
    outline-offset: 1px;
  }
  .choice input {
    flex: none;
    inline-size: 20px;
    min-block-size: 20px;
    accent-color: var(--_link);
    outline: none;
  }
  .choice > span {
    display: grid;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    font-size: var(--_text-m);
  }
  .about {
    color: var(--_muted);
    font-size: var(--_text-s);
    font-weight: 400;
  }
  .choice:has(:checked) .about {
    color: inherit;
  }
  textarea {
    min-block-size: 3lh;
  }
`;
