import { css } from 'lit';

/** A line that says it is over, or offers more than one thing to do. */
export const closedBannerStyles = css`
  .banner.closed {
    flex-direction: column;
    align-items: stretch;
    padding-block-end: max(var(--_space-3), env(safe-area-inset-bottom));
    text-align: center;
  }
  .banner.closed .words {
    justify-content: center;
  }
  .banner.closed .icon {
    color: var(--_success);
  }
  .banner > .words:has(~ .button ~ .button) {
    flex-basis: 100%;
  }
`;
