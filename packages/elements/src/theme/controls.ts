import { css } from 'lit';

/**
 * The family's buttons: `.button` (add `.primary`, `.quiet` or `.danger`), `.icon-button` and `.chip` (a quick reply).
 * Needs `tokens` and `base` before it.
 */
export const controls = css`
  .button,
  .icon-button,
  .chip {
    transition:
      background-color var(--_fast),
      border-color var(--_fast),
      color var(--_fast),
      transform var(--_fast) var(--_ease);
  }
  .button {
    min-block-size: 40px;
    padding: var(--_space-1) var(--_space-4);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-m);
    background: var(--_raised);
    font-weight: 600;
  }
  .button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.quiet {
    border-color: transparent;
    background: var(--_soft);
    color: var(--_on-soft);
  }
  .button.danger {
    border-color: var(--_danger);
    color: var(--_danger);
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
  :is(.button, .icon-button, .chip):active:enabled {
    transform: scale(0.97);
  }
  :is(.button, .icon-button, .chip):disabled {
    border-color: transparent;
    background: var(--_border);
    color: var(--_muted);
  }
  .icon-button:not(.primary):disabled {
    background: none;
  }
  @media (hover: hover) {
    .button:not(.primary, .quiet):hover:enabled,
    .icon-button:not(.primary):hover:enabled {
      background: color-mix(in oklab, var(--_text) 7%, transparent);
      color: var(--_text);
    }
    .button.danger:hover:enabled {
      color: var(--_danger);
    }
    .chip:hover:enabled {
      background: var(--_soft);
    }
    :is(.primary, .quiet):hover:enabled {
      filter: brightness(1.08);
    }
  }
`;
