import { css } from 'lit';

export const consoleAppStyles = css`
  :host {
    display: block;
    background: var(--_surface);
  }
  .console {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(5.3em, max-content) minmax(0, 1fr);
    block-size: 100%;
  }
  nav {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--_space-1);
    padding: var(--_space-3) 6px;
    background: light-dark(var(--_accent), var(--_raised));
    color: light-dark(var(--_on-accent), var(--_text));
    border-inline-end: 1px solid light-dark(transparent, var(--_border));
    --_link: currentColor;
  }
  nav .brand {
    margin-block-end: var(--_space-3);
  }
  nav .brand .icon {
    inline-size: 28px;
    block-size: 28px;
  }
  .place {
    flex-direction: column;
    gap: 3px;
    inline-size: 100%;
    padding: var(--_space-2) 6px;
    border-radius: var(--_radius-m);
    font-size: var(--_text-xs);
    text-align: center;
    line-height: 1.25;
  }
  .place[aria-current='page'] {
    background: color-mix(in oklab, currentColor 18%, transparent);
    font-weight: 600;
  }
  .place .label {
    white-space: nowrap;
  }
  .mark {
    position: relative;
  }
  .mark b {
    position: absolute;
    inset-block-start: -8px;
    inset-inline-start: 12px;
    min-inline-size: 20px;
    padding-inline: 4px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--_attention);
    color: var(--_on-attention);
    font-size: calc(0.74 * var(--_size));
    line-height: 1.65;
  }
  .gap {
    flex: 1;
  }
  .tool {
    inline-size: var(--_target);
    block-size: var(--_target);
    border-radius: 50%;
  }
  .me {
    margin-block-start: var(--_space-2);
  }
  main {
    min-block-size: 0;
    min-inline-size: 0;
  }
  .console > main {
    display: grid;
    grid-template: minmax(0, 1fr) / clamp(17.5em, 27%, 22.6em) minmax(0, 1fr);
  }
  sahay-inbox {
    border-inline-end: 1px solid var(--_border);
  }
  [data-pane='insights'] > main {
    grid-template-columns: minmax(0, 1fr);
  }
  .alone {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--_space-4);
    block-size: 100%;
    padding: var(--_space-5);
    text-align: center;
  }
  .problem {
    position: fixed;
    inset-block-start: var(--_space-4);
    inset-inline: var(--_space-4);
    z-index: 2;
    max-inline-size: 480px;
    margin-inline: auto;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    box-shadow: var(--_shadow);
  }
  @media (hover: hover) {
    :is(.place, .tool):hover {
      background: color-mix(in oklab, currentColor 12%, transparent);
    }
  }
  [data-narrow].console {
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
  }
  [data-narrow] > main {
    grid-row: 1;
    grid-template-columns: minmax(0, 1fr);
  }
  [data-narrow] > nav {
    grid-row: 2;
    flex-direction: row;
    padding: 4px var(--_space-2);
    padding-block-end: max(4px, env(safe-area-inset-bottom));
    container-type: inline-size;
  }
  [data-narrow] :is(.brand, .me, .gap) {
    display: none;
  }
  [data-narrow] .place {
    flex: 1 1 0;
    min-inline-size: 0;
    padding: 6px 2px;
  }
  [data-narrow] .place .label {
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  [data-narrow] .tool {
    flex: none;
    inline-size: 40px;
  }
  [data-narrow][data-pane='list'] sahay-desk,
  [data-narrow][data-pane='desk'] :is(sahay-inbox, nav) {
    display: none;
  }
  [data-narrow] sahay-inbox {
    border: 0;
  }
  /* Large text on a narrow screen: the icons alone, by their names to those who listen. */
  @container (max-width: 18em) {
    .place .label {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      clip-path: inset(50%);
    }
  }
`;
