import { css, type CSSResultGroup } from 'lit';
import { windowControls } from './window-controls.ts';

/** Buttons with words on them. */
export const buttons = css`
  .button {
    transition:
      background-color var(--_fast),
      border-color var(--_fast),
      color var(--_fast),
      transform var(--_fast) var(--_ease);
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
  .button:active:enabled {
    transform: scale(0.97);
  }
  .button:disabled {
    border-color: transparent;
    background: var(--_border);
    color: var(--_muted);
  }
  @media (hover: hover) {
    .button:not(.primary, .quiet):hover:enabled {
      background: color-mix(in oklab, var(--_text) 7%, transparent);
      color: var(--_text);
    }
    .button.danger:hover:enabled {
      color: var(--_danger);
    }
    .quiet:hover:enabled {
      filter: brightness(1.08);
    }
  }
`;

/**
 * The family's buttons: `.button` (add `.primary`, `.quiet` or `.danger`), `.icon-button` and `.chip` (a quick reply).
 * Needs `tokens` and `base` before it.
 */
export const controls: CSSResultGroup = [windowControls, buttons];
