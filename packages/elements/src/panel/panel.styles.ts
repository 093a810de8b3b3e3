import { css } from 'lit';

/** A view that lies over the window: a head with the way back, and what can be scrolled below it. */
export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    background: var(--_raised);
  }
  .head {
    flex: none;
    display: flex;
    align-items: center;
    gap: var(--_space-1);
    min-block-size: 68px;
    padding: var(--_space-2);
    padding-inline-end: var(--_space-4);
    border-block-end: 1px solid var(--_border);
  }
  h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    padding-inline: var(--_space-2);
    overflow-wrap: anywhere;
    font-size: var(--_text-m);
    font-weight: 600;
    line-height: 1.35;
  }
  .scroller {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: var(--_space-4) 20px max(var(--_space-5), env(safe-area-inset-bottom));
    overflow-wrap: anywhere;
  }
  .content {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-4);
    max-inline-size: 65ch;
    margin-inline: auto;
  }
  h3 {
    margin: 0 0 var(--_space-2);
    font-size: var(--_text-m);
    font-weight: 600;
  }
  p {
    margin: 0;
  }
  .quiet-text {
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-s);
  }
  .done {
    display: flex;
    align-items: flex-start;
    gap: var(--_space-2);
    color: var(--_success);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  .stack {
    display: grid;
    gap: var(--_space-2);
  }
  .stack > .button {
    justify-content: flex-start;
    gap: var(--_space-3);
    min-block-size: 48px;
    padding-inline: var(--_space-3);
  }
  .skeleton {
    display: grid;
    gap: var(--_space-3);
  }
  .skeleton i {
    block-size: 1.2em;
    border-radius: var(--_radius-s);
    background: color-mix(in oklab, var(--_text) 7%, transparent);
  }
  .skeleton i:last-child {
    inline-size: 60%;
  }
`;
