import { css } from 'lit';

export const inspectorStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    overflow: hidden;
    background: var(--_raised);
    font-size: var(--_text-s);
  }
  .head {
    flex: none;
    display: grid;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
    border-block-end: 1px solid var(--_border);
  }
  .facts,
  .tools,
  .player {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    align-items: center;
  }
  .fact {
    padding: 2px var(--_space-2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-s);
    font-size: var(--_text-xs);
    color: var(--_muted);
  }
  .button {
    min-block-size: 36px;
    padding-inline: var(--_space-3);
    font-size: var(--_text-s);
  }
  .button.small {
    float: inline-end;
    min-block-size: 28px;
    margin-block-start: var(--_space-1);
    font-size: var(--_text-xs);
  }
  .turned {
    transform: scaleX(-1);
  }
  .player input {
    flex: 1 1 8rem;
    accent-color: var(--_accent);
    min-inline-size: 6rem;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .section {
    padding: 0 var(--_space-3) var(--_space-2);
    border-block-end: 1px solid var(--_border);
  }
  .section > summary {
    padding-block: var(--_space-2);
    font-weight: 600;
    cursor: pointer;
  }
  summary:focus-visible {
    outline-offset: -2px;
  }
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .rows > li,
  .frames summary {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space-2);
    align-items: baseline;
    min-block-size: 24px;
  }
  .frames > li {
    display: block;
    content-visibility: auto;
    contain-intrinsic-block-size: auto 24px;
  }
  .frames summary {
    flex-wrap: nowrap;
    cursor: pointer;
    list-style: none;
  }
  .frames summary::-webkit-details-marker {
    display: none;
  }
  code,
  pre,
  time {
    font-family: var(--_mono);
    font-size: var(--_text-xs);
  }
  time {
    flex: none;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .type,
  .state {
    flex: none;
    font-weight: 600;
  }
  .long {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .way {
    flex: none;
    font-weight: 700;
  }
  .way.out {
    color: var(--_link);
  }
  .state.online {
    color: var(--_success);
  }
  .state.waiting,
  .state.offline,
  .state.stopped,
  .bad {
    color: var(--_danger);
  }
  .quiet {
    margin: 0;
    color: var(--_muted);
  }
  pre {
    margin: var(--_space-1) 0;
    padding: var(--_space-2);
    border-radius: var(--_radius-s);
    background: var(--_surface);
    max-block-size: 20rem;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .filter {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    align-items: center;
    margin-block-end: var(--_space-1);
    font-size: var(--_text-xs);
    color: var(--_muted);
  }
  select {
    min-block-size: 32px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-s);
    background: var(--_raised);
    color: var(--_text);
  }
  h4 {
    margin: 0;
    font-weight: 400;
    color: var(--_muted);
    display: flex;
  }
  .talk > li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space-2);
    padding-block: 2px;
    overflow-wrap: anywhere;
  }
  [role='alert'] {
    margin: 0;
    color: var(--_danger);
  }
`;
