import { css } from 'lit';

/** A line that says something has gone wrong, or is not there. */
export const bannerStyles = css`
  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2) var(--_space-3);
    padding: 10px var(--_space-4);
    border-block-start: 1px solid var(--_border);
    background: var(--_raised);
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .words {
    flex: 1 1 auto;
    min-inline-size: 0;
    display: flex;
    align-items: flex-start;
    gap: var(--_space-2);
  }
  .icon {
    margin-block-start: 0.05em;
  }
  .banner.connection {
    background: color-mix(in oklab, var(--_attention) 16%, var(--_raised));
    color: var(--_text);
  }
  .banner.problem .icon {
    color: var(--_danger);
  }
`;
