import { css } from 'lit';

/** The controls the window has from the first moment: round buttons and quick replies. */
export const windowControls = css`
  .icon-button,
  .chip {
    transition:
      background-color var(--_fast),
      border-color var(--_fast),
      color var(--_fast),
      transform var(--_fast) var(--_ease);
  }
  .icon-button {
    inline-size: var(--_target);
    block-size: var(--_target);
    border-radius: 50%;
    color: var(--_muted);
  }
  .icon-button.primary {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .chip {
    min-block-size: 36px;
    padding: var(--_space-1) var(--_space-3);
    border: 1.5px solid var(--_link);
    border-radius: 99px;
    background: var(--_raised);
    color: var(--_link);
    font-size: var(--_text-s);
    font-weight: 600;
  }
  :is(.icon-button, .chip):active:enabled {
    transform: scale(0.97);
  }
  :is(.icon-button, .chip):disabled {
    border-color: transparent;
    background: var(--_border);
    color: var(--_muted);
  }
  .icon-button:not(.primary):disabled {
    background: none;
  }
  @media (hover: hover) {
    .icon-button:not(.primary):hover:enabled {
      background: color-mix(in oklab, var(--_text) 7%, transparent);
      color: var(--_text);
    }
    .chip:hover:enabled {
      background: var(--_soft);
    }
    .primary:hover:enabled {
      filter: brightness(1.08);
    }
  }
`;
