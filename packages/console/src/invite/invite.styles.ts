import { css } from 'lit';

/** The form that invites somebody; needs the looks of dialogs. */
export const inviteStyles = css`
  textarea {
    min-block-size: 3lh;
  }
  label:not(:first-child) {
    margin-block-start: var(--_space-4);
  }
  .hint {
    margin-block-start: var(--_space-1);
  }
  select + .hint {
    margin-block-start: var(--_space-4);
  }
  select {
    inline-size: 100%;
    min-block-size: 44px;
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: var(--_text-input);
  }
`;
