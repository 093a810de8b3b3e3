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
`;
